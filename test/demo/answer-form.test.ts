import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../../demo/answer-form.ts';

const PAGE = `<!doctype html><html lang="nl"><form method="post">
  <input type="hidden" name="t" value="A.b.c">
  <label><input type="radio" name="score" value="7">7</label>
  <label><input type="radio" name="score" value="8" checked>8</label>
  <label><input type="radio" name="jazz" value="yes">ja</label>
  <label><input type="radio" name="jazz" value="no">nee</label>
  <label><input type="checkbox" name="reply" value="yes"></label>
  <textarea name="comment"></textarea><input name="about-size"><button>Verstuur</button></form></html>`;

const filled = (share: number) => Object.fromEntries(fieldsOf(PAGE, () => share));

describe('fieldsOf', () => {
  it('keeps what is filled in and chosen, draws among other choices, and leaves words to others', () => {
    expect(filled(0.2)).toEqual({
      lang: 'nl',
      t: 'A.b.c',
      score: '8',
      jazz: 'yes',
      reply: 'yes',
      comment: '',
    });
  });

  it('draws others by another draw, and ticks a box for half of them', () => {
    expect(filled(0.9)).toEqual({ lang: 'nl', t: 'A.b.c', score: '8', jazz: 'no', comment: '' });
  });
});
