import { zoneOf } from '../../domain/contact-policy.ts';
import type { CustomerPatch } from '../../domain/event.ts';
import { changeProfile, chooseTopics, objectTo, pauseUntil, resume } from '../../domain/leaving.ts';
import { WISHES } from '../../domain/own-cap.ts';
import { addSpan } from '../../domain/span.ts';
import { birthdayIn } from './birthday.ts';
import { chooseAs, consentTo } from './choosing.ts';
import type { Fields } from './forms.ts';
import type { Guest, GuestDeps } from './guest.ts';
import { dateIn } from './guest-dates.ts';
import { topicsShown } from './topics-shown.ts';
import { fill, LANGUAGES } from './words.ts';

/** What came of a button; `fault`: nothing, as something is to be mended. */
export type Outcome = { readonly kept: boolean; readonly said: string; readonly fault?: 'birthday' };

/** A month of quiet, by the calendar. */
const PAUSE = { months: 1 } as const;

/** Keeps for each topic whether it is ticked, and how often at most. */
export async function keepChoices(deps: GuestDeps, guest: Guest, fields: Fields): Promise<Outcome> {
  const { customer, visit } = guest;
  const now = deps.clock.now();
  const ticked = fields.topic ?? [];
  const entries = topicsShown(guest).map((topic) => {
    return ticked.includes(topic)
      ? consentTo(topic, visit, { form: 'preferences' })
      : ({ topic, withdrawn: true } as const);
  });
  const chosen = await chooseAs(deps, customer.id, chooseTopics(customer, entries, now));
  const wish = WISHES.find((days) => String(days) === fields.every?.[0]);
  const wished = wish === undefined ? undefined : wishFor(guest, wish, now);
  return outcomeOf(guest, (await chooseAs(deps, customer.id, wished)) || chosen);
}

/** Nobody has to say that they want it as it is. */
function wishFor({ customer }: Guest, everyDays: number, now: number) {
  const kept = customer.known.profile.everyDays ?? 0;
  return kept === everyDays ? undefined : changeProfile(customer, { everyDays }, now);
}

/** A month without marketing. */
export async function keepPause(deps: GuestDeps, { customer, visit, words }: Guest): Promise<Outcome> {
  const now = deps.clock.now();
  const zone = zoneOf(customer, visit.playbook);
  const until = addSpan(now, PAUSE, zone);
  const kept = await chooseAs(deps, customer.id, pauseUntil(customer, until, now));
  const when = dateIn(visit.language, zone, until);
  return { kept, said: kept ? fill(words.paused, { when }) : words.nothingNew };
}

export async function keepResume(deps: GuestDeps, { customer, words }: Guest): Promise<Outcome> {
  const kept = await chooseAs(deps, customer.id, resume(customer, deps.clock.now()));
  return { kept, said: kept ? words.resumed : words.nothingNew };
}

/** No more mail that is chosen by a profile. */
export async function keepObjection(deps: GuestDeps, { customer, words }: Guest): Promise<Outcome> {
  const kept = await chooseAs(deps, customer.id, objectTo(customer, true, deps.clock.now()));
  return { kept, said: kept ? words.objected : words.nothingNew };
}

export async function keepProfiling(deps: GuestDeps, { customer, words }: Guest): Promise<Outcome> {
  const kept = await chooseAs(deps, customer.id, objectTo(customer, false, deps.clock.now()));
  return { kept, said: kept ? words.profiled : words.nothingNew };
}

/** The language of the mails, and the birthday. */
export async function keepAbout(deps: GuestDeps, guest: Guest, fields: Fields): Promise<Outcome> {
  const { customer, words } = guest;
  const birthday = birthdayIn(fields);
  if (birthday === 'wrong') return { kept: false, said: words.noDay, fault: 'birthday' };

  const patch = { ...localeIn(guest, fields), ...newBirthday(guest, birthday) };
  return outcomeOf(
    guest,
    await chooseAs(deps, customer.id, changeProfile(customer, patch, deps.clock.now())),
  );
}

function outcomeOf({ words }: Guest, kept: boolean): Outcome {
  return { kept, said: kept ? words.saved : words.nothingNew };
}

/** Whose language it is already keeps the region of it, as `nl-BE`. */
function localeIn({ customer }: Guest, fields: Fields): CustomerPatch {
  const locale = LANGUAGES.find((language) => language === fields.language?.[0]);
  return locale && customer.known.profile.locale?.slice(0, 2) !== locale ? { locale } : {};
}

/** A birthday whose year is known keeps it; one that is no longer chosen goes. */
function newBirthday({ customer }: Guest, birthday: string | undefined): CustomerPatch {
  if (birthday === undefined) return {};
  const kept = customer.known.profile.birthday ?? '';
  const isKept = birthday === '' ? kept === '' : kept.endsWith(birthday);
  return isKept ? {} : { birthday };
}
