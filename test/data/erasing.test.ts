import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { ERASING } from '../../data/erasing.ts';
import '../../data/migrate.ts';

describe('ERASING', () => {
  it('says of every collection what erasing somebody does to it', () => {
    const collections = Object.values(mongoose.models).map(({ collection }) => collection.name);

    expect(Object.keys(ERASING).toSorted()).toEqual(collections.toSorted());
  });
});
