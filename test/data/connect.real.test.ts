import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { connect, disconnect, isReachable } from '../../data/connect.ts';
import { CustomerModel } from '../../data/customer-document.ts';
import { migrate } from '../../data/migrate.ts';
import { mongo } from '../support/servers.ts';

jest.setTimeout(20_000); // five seconds are given to MongoDB

afterAll(disconnect);

describe('connect', () => {
  it('says in one line what to do when MongoDB is away, and quotes no password', async () => {
    const started = performance.now();

    const away = connect('mongodb://an:secret@127.0.0.1:9/shop?directConnection=true');

    const words =
      'MongoDB at 127.0.0.1:9 cannot be used: connect ECONNREFUSED 127.0.0.1:9. Check MONGODB_URI.';
    await expect(away).rejects.toThrow(words);
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(await isReachable()).toBe(false);
  });

  it.each(['nonsense', 'http://127.0.0.1', 'mongodb://'])('refuses %s', async (uri) => {
    await expect(connect(uri)).rejects.toThrow(/^MongoDB at .* cannot be used: .*\. Check MONGODB_URI\.$/);
  });

  it('refuses what a schema does not know, in filters too', async () => {
    await connect(await mongo());
    expect(await isReachable()).toBe(true);
    const filter: Record<string, unknown> = { emial: 'x' };
    const operator: Record<string, unknown> = { _id: { $ne: 'x' } };

    await expect(CustomerModel.findOne(filter).lean()).rejects.toThrow('emial');
    await expect(CustomerModel.findOne(operator).lean()).rejects.toThrow('Cast to string failed');
  });

  it('finds its indexes made once they were migrated, and again', async () => {
    await migrate();
    await migrate();

    const indexes = await CustomerModel.listIndexes();
    const unique = indexes.filter((index) => index.unique).map(({ key }) => Object.keys(key));
    expect(unique).toEqual([['externalIds'], ['emailKey']]);
  });
});
