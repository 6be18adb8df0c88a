import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { onFreePort } from '../../servers/ports.ts';

describe('onFreePort', () => {
  it('takes another port where somebody is quicker', async () => {
    const squatter = createServer();
    const tried: number[] = [];
    const start = async (port: number) => {
      tried.push(port);
      if (tried.length > 1) return 'up';
      await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
      throw new Error('address already in use');
    };

    const { port, started } = await onFreePort(undefined, start);

    expect([tried.length, tried[1], started]).toEqual([2, port, 'up']);
    squatter.close();
  });

  it('fails as the start fails where that was not the reason', async () => {
    const start = async () => {
      throw new Error('no disk');
    };

    await expect(onFreePort(undefined, start)).rejects.toThrow('no disk');
  });
});
