import { describe, expect, it } from '@jest/globals';
import { lastWords } from '../../servers/last-words.ts';

describe('lastWords', () => {
  it.each([
    ['nothing', '', 'it said nothing'],
    ['plain lines', 'starting\nno space left on device\n', 'no space left on device'],
    [
      'an error nobody caught',
      'file:///api/main.ts:3\n  throw x;\n\nBadConfig: PORT must be a number.\n    at read (config.ts:3:4)\n\nNode.js v24.21.0\n',
      'BadConfig: PORT must be a number.',
    ],
    [
      "MongoDB's",
      '{"s":"I","msg":"Listening"}\n{"s":"E","msg":"Failed to set up listener","attr":{"error":"Address already in use"}}\n{"s":"I","msg":"Shutting down"}\n',
      'Failed to set up listener: Address already in use',
    ],
    [
      'our own',
      '{"level":30,"msg":"up"}\n{"level":60,"msg":"worker failed","err":{"message":"no Temporal"}}\n{"level":30,"msg":"bye"}\n',
      'worker failed: no Temporal',
    ],
  ])('finds what matters in %s', (_, log, words) => {
    expect(lastWords(log)).toBe(words);
  });
});
