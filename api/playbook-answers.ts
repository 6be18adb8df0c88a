import { z } from 'zod';
import { PHASES } from '../domain/phases.ts';
import { FATES } from '../domain/publishing.ts';

const Instant = z.iso.datetime().describe('RFC 3339, UTC');
const Count = z.int().min(0);

const Example = z.object({
  customerId: z.string(),
  occasion: z.string(),
  became: z.enum(FATES),
  from: Instant.nullable().describe('null: it was not there, or waited'),
  to: Instant.nullable().describe('null: it is not there any more, or waits'),
});

/** What publishing does to the people inside. */
export const CountsAnswer = z.object({
  journeys: Count.describe('people inside: those whose journeys are under way'),
  wakes: Count.describe(
    'those whose next moment changes; the others hear of it when they wake by themselves',
  ),
  touches: z.array(
    z.object({
      touch: z.string(),
      kept: Count,
      earlier: Count,
      later: Count,
      dropped: Count,
      added: Count,
      examples: z.array(Example).describe('at most five of those that do not stay as they are'),
    }),
  ),
  moves: z.array(
    z.object({
      from: z.enum(PHASES),
      to: z.enum(PHASES),
      count: Count,
      examples: z.array(z.string()).describe('ids of customers, at most five'),
    }),
  ),
});

const Warning = z.object({
  line: z.int(),
  path: z.string(),
  message: z.string(),
  hint: z.string().optional(),
});

export const PreviewAnswer = z.object({
  against: Count.describe('the version in force, which it is compared with; 0: none. Send it as `If-Match`'),
  version: Count.describe('the version it would be'),
  warnings: z.array(Warning),
  counts: CountsAnswer,
});

export const PublishedAnswer = z.object({ version: z.int(), warnings: z.array(Warning) });

const About = z.object({
  version: z.int(),
  current: z.boolean(),
  publishedAt: Instant.nullable(),
  by: z.string().nullable().describe('the name of the API key, `admin` or `cli`'),
  restores: z.int().nullable().describe('the older version whose text it is'),
  telling: z
    .object({
      state: z.enum(['going-over', 'waking', 'done', 'overtaken']),
      seen: Count.describe('people gone over'),
      wakes: Count.describe('journeys that wake, as far as people were gone over'),
      woken: Count.describe('those of them that are planned again'),
    })
    .describe('how far the people inside are told of it'),
});

export const VersionAnswer = About.extend({
  counts: CountsAnswer.describe(
    'the preview again, as it came out; of people who planned again by themselves, none',
  ),
});

export const VersionsAnswer = z.object({ playbooks: z.array(About).describe('the newest first') });
