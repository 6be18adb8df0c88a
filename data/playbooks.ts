import { model, Schema } from 'mongoose';
import type { Playbook } from '../domain/playbook.ts';
import { nextVersion, PlaybookOvertaken } from '../domain/publishing.ts';
import { BEGUN, type Waking } from '../domain/waking.ts';
import { inCollection, isDuplicate } from './collection.ts';

type PlaybookDocument = {
  /** The version, from 1. */
  readonly _id: number;
  /** The YAML as the marketer wrote it, with its comments. */
  readonly source: string;
  /** The checked playbook as JSON: its filters hold keys with `$` and dots, which MongoDB takes for its own. */
  readonly parsed: string;
  readonly publishedAt?: Date;
  /** Who published it: the name of an API key, or `cli`. */
  readonly by?: string;
  /** The older version whose text it is, published again. */
  readonly restores?: number;
  /** How far the journeys inside are woken; absent where there was nobody yet. */
  readonly waking?: Waking;
};

const playbookSchema = new Schema<PlaybookDocument>(
  {
    _id: Number,
    source: { type: String, required: true },
    parsed: { type: String, required: true },
    publishedAt: Date,
    by: String,
    restores: Number,
    waking: Schema.Types.Mixed,
  },
  inCollection('playbooks'),
);

export const PlaybookModel = model('Playbook', playbookSchema);

/** How a version comes about. */
export type Publishing = {
  /** The `entering` touches that those who have entered already are to get too. */
  readonly addEntering?: readonly string[];
  /** The version that has to be the current one; 0: none. */
  readonly ifVersion?: number;
  readonly by?: string;
  readonly restores?: number;
};

/** A version without its text. */
export type Version = Pick<PlaybookDocument, 'publishedAt' | 'by' | 'restores' | 'waking'> & {
  readonly version: number;
};

/** The versions of the playbook. A version never changes. */
export const playbooks = {
  /**
   * Publishes a playbook as the next version, unless it reads the same as the current one.
   *
   * @returns its version
   * @throws PlaybookOvertaken when `ifVersion` is not the current one
   */
  async publish(yaml: string, playbook: Playbook, publishing: Publishing = {}): Promise<number> {
    const { addEntering = [], ifVersion, ...about } = publishing;
    const current = await latest();
    const inForce = current?._id ?? 0;
    if (ifVersion !== undefined && ifVersion !== inForce) throw new PlaybookOvertaken(inForce);
    if (current?.source === yaml && addEntering.length === 0) return current._id;

    const next = nextVersion(playbook, current ? toPlaybook(current) : undefined, addEntering);
    const kept = { _id: next.version, source: yaml, parsed: JSON.stringify(next), publishedAt: new Date() };
    try {
      await PlaybookModel.create({ ...kept, ...about, ...(current && { waking: BEGUN }) });
      return next.version;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return playbooks.publish(yaml, playbook, publishing); // another took the version meanwhile
    }
  },

  /** The newest version, or nothing before the first is published. */
  async current(): Promise<Playbook | undefined> {
    const kept = await latest();
    return kept ? toPlaybook(kept) : undefined;
  },

  /** The number of the newest version; 0 before the first is published. */
  async newest(): Promise<number> {
    return (await PlaybookModel.findOne({}, { _id: 1 }).sort({ _id: -1 }).lean())?._id ?? 0;
  },

  async version(version: number): Promise<Playbook | undefined> {
    const kept = await PlaybookModel.findById(version).lean();
    return kept ? toPlaybook(kept) : undefined;
  },

  /** A version's text, as the marketer wrote it. */
  async source(version: number): Promise<string | undefined> {
    return (await PlaybookModel.findById(version, { source: 1 }).lean())?.source;
  },

  /** The versions, the newest first. */
  async list(limit: number): Promise<readonly Version[]> {
    const kept = await PlaybookModel.find({}, ABOUT).sort({ _id: -1 }).limit(limit).lean();
    return kept.map(toVersion);
  },

  async about(version: number): Promise<Version | undefined> {
    const kept = await PlaybookModel.findById(version, ABOUT).lean();
    return kept ? toVersion(kept) : undefined;
  },
};

const ABOUT = { source: 0, parsed: 0 } as const;

function latest() {
  return PlaybookModel.findOne().sort({ _id: -1 }).lean();
}

function toPlaybook({ parsed }: Pick<PlaybookDocument, 'parsed'>): Playbook {
  return JSON.parse(parsed);
}

function toVersion({ _id, ...about }: Omit<PlaybookDocument, 'source' | 'parsed'>): Version {
  return { version: _id, ...about };
}
