import { describe, expect, it } from '@jest/globals';
import type { KeptCase } from '../../data/cases.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { anApi, aWorld, signIn } from '../support/api.ts';
import { aCustomer, anEvent, DAY, NOON } from '../support/builders.ts';
import { aKeptCase, fakeCases } from '../support/fake-cases.ts';
import { postForm } from '../support/join.ts';

const COMPLAINT = anEvent({ id: 'shop/c-1', type: 'complaint', n: 1, data: { text: 'It broke' } });
const PATH = '/cases/shop%2Fc-1';

function answered(text: string): StoredEvent {
  return anEvent({ type: 'complaint-answered', n: 2, data: { case: 'shop/c-1', text, by: 'Joris' } });
}

/** The pages of one case, signed in; `answers`: what was answered, by anybody. */
async function pagesOf(kept: Partial<KeptCase> | undefined, answers: StoredEvent[] = [], gone = {}) {
  const { cases, caseSteps } = fakeCases(kept ? [aKeptCase(kept)] : []);
  const said: object[] = [];
  const ids = new Set<string>();
  const world = aWorld({ customers: [aCustomer([COMPLAINT], gone)], events: [COMPLAINT] });
  const app = await anApi(world, {
    cases: { ...cases, eventsOf: async () => answers },
    caseSteps: {
      ...caseSteps,
      async answer(one, answer, now) {
        const duplicate = ids.has(answer.id ?? '');
        ids.add(answer.id ?? '');
        if (!duplicate) said.push(answer);
        if (!duplicate) answers.push(answered(answer.text));
        return { ...(await caseSteps.answer(one, answer, now)), duplicate };
      },
    },
  });
  const cookie = String((await signIn(app)).headers['set-cookie']).split(';')[0] ?? '';
  const headers = { cookie, accept: 'text/html', 'accept-language': 'en' };
  const open = (url = PATH, more = {}) => app.inject({ url, headers: { ...headers, ...more } });
  const press = (form: Record<string, string>) => postForm(app, PATH, form, headers);
  return { app, open, press, said };
}

describe('/cases', () => {
  it('lists who waits, says in words what is overdue, and leads to each', async () => {
    const { open } = await pagesOf({ clock: new Date(NOON - 3_600_000), severity: 'high' });

    const { body } = await open('/cases');

    expect(body).toContain(`href="${PATH}"`);
    expect(body).toMatch(/>Overdue<[\s\S]*>Serious<[\s\S]*It broke[\s\S]*due today 11:00 \(1 hour ago\)/);
    expect(body).toContain('Nobody deals with it yet');
    expect((await open('/cases', { 'accept-language': 'nl' })).body).toContain('>Te laat<');
  });

  it.each([
    ['', 'no complaint is open'],
    ['?state=resolved', 'No complaint was resolved yet'],
  ])('says so when there is none: %s', async (query, said) => {
    expect((await (await pagesOf(undefined)).open(`/cases${query}`)).body).toContain(said);
  });

  it('is closed to who has not signed in', async () => {
    const { app } = await pagesOf({});

    for (const url of ['/cases', PATH]) {
      expect((await app.inject({ url })).headers.location).toMatch(/^\/sign-in/);
    }
    expect((await postForm(app, PATH, { what: 'note', text: 'x' })).headers.location).toMatch(/^\/sign-in/);
  });
});

describe('/cases/:id', () => {
  it('shows what they wrote and their story beside it', async () => {
    const { body } = await (await pagesOf({ clock: new Date(NOON + DAY), owner: 'Anna' })).open();

    expect(body).toContain('<h1>A complaint of An</h1>');
    expect(body).toMatch(
      /<blockquote>It broke<[\s\S]*Anna deals with it[\s\S]*id="story-title"[\s\S]*An complained/,
    );
    expect(body).not.toContain('>Overdue<');
  });

  it.each([
    ['answer', { text: 'A new one is on its way', seen: '0' }, 'Answered.'],
    ['note', { text: 'Called', id: 'n1' }, 'Noted.'],
    ['owner', { owner: 'Anna', from: '' }, 'Kept.'],
    ['resolve', { resolution: 'replace' }, 'Resolved.'],
  ])('does %s, once, and says so', async (what, form, told) => {
    const { open, press } = await pagesOf({});

    const { statusCode, headers } = await press({ what, by: 'Anna', ...form });

    expect([statusCode, headers.location]).toEqual([303, `${PATH}?told=${what}`]);
    expect((await open(String(headers.location))).body).toContain(`role="status">${told}`);
  });

  it('opens a resolved one again, with a reason', async () => {
    const { press } = await pagesOf({ state: 'resolved', resolvedAt: new Date(NOON) });

    expect((await press({ what: 'reopen', text: '' })).body).toContain('Write something first.');
    expect((await press({ what: 'reopen', text: 'Broke again' })).statusCode).toBe(303);
  });

  it.each([
    [{ what: 'answer', text: ' ' }, 'answer-fault">Write something first.'],
    [{ what: 'answer', text: 'x'.repeat(10_001) }, 'answer-fault">This is too long'],
    [{ what: 'resolve', text: 'mended' }, 'resolve-fault">Choose what was done.'],
    [{ what: 'note', text: '' }, 'note-fault">Write something first.'],
  ])('says beside the form what is to be mended: %j', async (form, said) => {
    const { statusCode, body } = await (await pagesOf({})).press(form);

    expect([statusCode, body]).toEqual([422, expect.stringContaining(said)]);
    expect(body).toContain(`>${form.text.trim()}</textarea>`);
  });

  it('says how to go on when no mail can reach them', async () => {
    const { press } = await pagesOf({}, [], { suppressed: 'hard-bounce' });

    expect((await press({ what: 'answer', text: 'Sorry' })).body).toContain(
      'No mail can reach this customer',
    );
    expect((await press({ what: 'answer', text: 'Sorry', through: 'elsewhere' })).statusCode).toBe(303);
  });

  it('of two who answer sends one, tells the other, and sends theirs when they still want it', async () => {
    const { press, said } = await pagesOf({});
    const [one, other] = await Promise.all([
      press({ what: 'answer', text: 'A new one comes', seen: '0' }),
      press({ what: 'answer', text: 'Here is your money', seen: '0' }),
    ]);

    expect([one.statusCode, other.statusCode].sort()).toEqual([303, 422]);
    expect(said).toHaveLength(1);
    const late = [one, other].find(({ statusCode }) => statusCode === 422);
    expect(late?.body).toMatch(/Somebody was quicker: another answer[\s\S]*name="seen" value="1"/);
    expect((await press({ what: 'answer', text: 'Here is your money', seen: '1' })).statusCode).toBe(303);
    expect(said).toHaveLength(2);
  });

  it('sends an answer once, however often it is pressed', async () => {
    const { press, said } = await pagesOf({});
    const answer = { what: 'answer', text: 'A new one comes', seen: '0' };

    expect([(await press(answer)).statusCode, (await press(answer)).statusCode]).toEqual([303, 303]);
    expect(said).toHaveLength(1);
  });

  it.each([
    [{ owner: 'Joris' }, { what: 'owner', owner: 'Anna', from: '' }, 'Joris deals with it by now'],
    [{ state: 'resolved' as const }, { what: 'resolve', resolution: 'refund' }, 'it is resolved by now'],
    [{}, { what: 'reopen', text: 'Broke' }, 'it is open already'],
  ])('tells who comes second: %j', async (kept, form, said) => {
    const { statusCode, body } = await (await pagesOf(kept)).press(form);

    expect([statusCode, body]).toEqual([422, expect.stringContaining(said)]);
  });

  it('is not found by another id, and not pressed from elsewhere', async () => {
    const { app, open } = await pagesOf({});

    expect((await open('/cases/shop%2Fnone')).statusCode).toBe(404);
    const cookie = String((await signIn(app)).headers['set-cookie']).split(';')[0] ?? '';
    const foreign = { cookie, origin: 'https://evil.example' };
    expect((await postForm(app, PATH, { what: 'note', text: 'x' }, foreign)).statusCode).toBe(403);
  });
});
