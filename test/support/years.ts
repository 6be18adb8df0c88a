import type { CustomerPatch, EventData, StoredEvent } from '../../domain/event.ts';
import { anEvent, aPurchase } from './builders.ts';

/** One thing that happens, on a day of the year (with a fraction: the hour). */
type Happening = { readonly day: number; readonly type: string; readonly data?: EventData };

/** How long the story goes on, days: a year, and a little more, so that what comes round in a year comes round. */
export const YEAR = 370;

const TOPICS = ['news', 'tips', 'surveys'];

/** What happens to five customers in a year, in order: who they are is in their names. */
export function aYear(): { readonly day: number; readonly event: StoredEvent }[] {
  const lives = [
    lifeOf('weekly-buyer', { timeZone: 'Europe/Amsterdam', birthday: '06-21' }, [
      signUp(0),
      ...every(7, 2.4, 52).flatMap(order),
    ]),
    lifeOf('twice-a-year', { timeZone: 'America/New_York', birthday: '1984-12-24' }, [
      ...[10.6, 190.2].flatMap(order),
    ]),
    lifeOf('comes-back', { timeZone: 'Asia/Tokyo' }, [signUp(3.9), ...[5.1, 300.7].flatMap(order)]),
    lifeOf('complainer', { timeZone: 'Australia/Lord_Howe', birthday: '02-29' }, [
      ...[20.3, 44.4, 100.5, 250.6].flatMap(order),
      { day: 46.2, type: 'complaint', data: { text: 'scratched' } },
      { day: 66.2, type: 'complaint-resolved' },
      { day: 102.9, type: 'pause' },
      { day: 140.1, type: 'resume' },
      { day: 251.3, type: 'pause', data: { until: 0 } },
    ]),
    lifeOf('promoter', { timeZone: 'America/Sao_Paulo', birthday: '03-01' }, [
      signUp(1.5),
      ...[2.5, 30.5, 200.5].flatMap(order),
      { day: 40.5, type: 'feedback', data: { question: 'nps', score: 10 } },
    ]),
  ];
  return lives.flat().sort((a, b) => a.day - b.day);
}

function lifeOf(customerId: string, customer: CustomerPatch, happenings: readonly Happening[]) {
  const consent = TOPICS.map((topic) => ({ topic, basis: 'consent' }) as const);
  return happenings.map(({ day, type, data }, n) => {
    const base = { n, customerId, id: `shop/${customerId}-${type}-${day}`, consent };
    const patch = { email: `${customerId}@example.com`, emailKey: customerId, ...customer };
    const told = type === 'purchase' ? aPurchase(n, 0, data?.orderId) : anEvent({ type, n });
    return {
      day,
      event: { ...told, ...base, customer: patch, ...(data ? { data: { ...told.data, ...data } } : {}) },
    };
  });
}

function signUp(day: number): Happening {
  return { day, type: 'sign-up' };
}

/** A purchase, and its delivery three days later. */
function order(day: number): Happening[] {
  const data = { orderId: `o-${day}` };
  return [
    { day, type: 'purchase', data },
    { day: day + 3, type: 'delivered', data },
  ];
}

function every(days: number, first: number, times: number): number[] {
  return Array.from({ length: times }, (_, i) => first + i * days);
}
