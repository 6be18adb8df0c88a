import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newFolder, ownEnvironment } from '../../demo/own-data.ts';

describe('newFolder', () => {
  let parent = '';

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'rapport-'));
  });

  afterEach(() => rm(parent, { recursive: true }));

  it('never gives the same folder twice, also when asked at once', async () => {
    const folders = await Promise.all([newFolder(parent), newFolder(parent), newFolder(parent)]);

    expect(folders.sort()).toEqual(['demo-1', 'demo-2', 'demo-3'].map((name) => join(parent, name)));
  });
});

describe('ownEnvironment', () => {
  it('never names a real SMTP server', () => {
    expect(ownEnvironment({ SMTP_URL: 'smtp://mail.example', A: 'b' }, 'play')).toEqual({ A: 'b' });
  });

  it.each([
    ['mongodb://a:1,b:2/shop?replicaSet=rs', 'mongodb://a:1,b:2/play?replicaSet=rs'],
    ['mongodb://a', 'mongodb://a/play'],
    ['mongodb://u:p@a/shop?w=1', 'mongodb://u:p@a/play?w=1&authSource=shop'],
    ['mongodb+srv://u:p@a?w=1', 'mongodb+srv://u:p@a/play?w=1&authSource=admin'],
    ['mongodb://u:p@a/?authSource=x', 'mongodb://u:p@a/play?authSource=x'],
  ])('uses %s with a database of its own', (uri, own) => {
    expect(ownEnvironment({ MONGODB_URI: uri }, 'play')).toEqual({ MONGODB_URI: own });
  });
});
