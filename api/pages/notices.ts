import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SendingState } from '../../data/sending.ts';
import { dayNumber } from '../../domain/local-time.ts';
import { isRehearsed } from '../../domain/mode.ts';
import type { Playbook } from '../../domain/playbook.ts';
import type { ApiDeps } from '../deps.ts';
import { momentsIn } from './moments.ts';
import { fill, type Language, WORDS } from './words.ts';

/** What stands above every page: that mail is stopped, or goes to few. */
type Notice = { readonly text: string; readonly note: string; readonly isAlarm: boolean };

declare module 'fastify' {
  interface FastifyRequest {
    /** What every page that is shown says first, in a language. */
    notices?: (language: Language) => readonly Notice[];
  }
}

type Deps = Pick<ApiDeps, 'sending' | 'playbooks' | 'rehearsals' | 'clock'>;

/** Looks, before a page is made, at what whoever reads it has to know first. */
export function tellOnEveryPage(app: FastifyInstance, deps: Deps): void {
  app.addHook('preHandler', async (request: FastifyRequest) => {
    const [state, playbook] = await Promise.all([deps.sending.current(), deps.playbooks.current()]);
    const seen =
      playbook?.mode?.kind === 'rehearsal' ? await deps.rehearsals.onDay(today(playbook, deps)) : NONE;
    request.notices = (language) => [...stopNotice(state, language), ...modeNotice(playbook, seen, language)];
  });
}

/** That what is meant for this customer is only recorded, while that is not so for all; or nothing. */
export function rehearsedNotice(
  customerId: string,
  playbook: Playbook | undefined,
  language: Language,
): string {
  const isOneOfSome = playbook?.mode?.kind === 'pilot' && isRehearsed(customerId, playbook.mode);
  return isOneOfSome ? WORDS[language].sending.rehearsedWith : '';
}

const NONE = { copies: 0, leftOut: 0 };

function today({ shop }: Playbook, { clock }: Deps): number {
  return dayNumber(clock.now(), shop.timeZone);
}

function stopNotice({ stopped, at, by = '', because, trip }: SendingState, language: Language): Notice[] {
  if (!stopped) return [];
  const { sending } = WORDS[language];
  const names: Readonly<Record<string, string>> = sending.by;
  const when = at ? momentsIn(language, 'UTC', Date.now()).when(at.getTime()) : '';
  const why = trip ? fill(sending.trips[trip.cause], trip) : because && `“${because}”`;
  const note = [fill(sending.since, { when: `${when} UTC`, by: names[by] ?? by }), why]
    .filter(Boolean)
    .join(' ');
  return [{ text: stopped === 'all' ? sending.stoppedAll : sending.stoppedMarketing, note, isAlarm: true }];
}

function modeNotice(playbook: Playbook | undefined, seen: typeof NONE, language: Language): Notice[] {
  const { sending } = WORDS[language];
  switch (playbook?.mode?.kind) {
    case undefined:
    case 'live':
      return [];
    case 'rehearsal': {
      const text = playbook.shop.team.length > 0 ? fill(sending.rehearsal, seen) : sending.rehearsalNoTeam;
      return [{ text, note: '', isAlarm: false }];
    }
    case 'pilot': {
      const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 });
      return [
        {
          text: fill(sending.pilot, { share: percent.format(playbook.mode.share) }),
          note: '',
          isAlarm: false,
        },
      ];
    }
  }
}
