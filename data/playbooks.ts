import { model, Schema } from 'mongoose';
import type { Playbook } from '../domain/playbook.ts';
import { inCollection, isDuplicate } from './collection.ts';

type PlaybookDocument = {
  /** The version, from 1. */
  readonly _id: number;
  /** The YAML as the marketer wrote it, with its comments. */
  readonly source: string;
  /** The checked playbook as JSON: its filters hold keys with `$` and dots, which MongoDB takes for its own. */
  readonly parsed: string;
};

const playbookSchema = new Schema<PlaybookDocument>(
  {
    _id: Number,
    source: { type: String, required: true },
    parsed: { type: String, required: true },
  },
  inCollection('playbooks'),
);

export const PlaybookModel = model('Playbook', playbookSchema);

/** The versions of the playbook. A version never changes. */
export const playbooks = {
  /**
   * Publishes a playbook as the next version, unless it reads the same as the current one.
   *
   * @returns its version
   */
  async publish(yaml: string, playbook: Playbook): Promise<number> {
    const current = await latest();
    if (current?.source === yaml) return current._id;

    const version = (current?._id ?? 0) + 1;
    try {
      await PlaybookModel.create({
        _id: version,
        source: yaml,
        parsed: JSON.stringify({ ...playbook, version }),
      });
      return version;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return playbooks.publish(yaml, playbook); // another took the version meanwhile
    }
  },

  /** The newest version, or nothing before the first is published. */
  async current(): Promise<Playbook | undefined> {
    const kept = await latest();
    return kept ? toPlaybook(kept) : undefined;
  },

  async version(version: number): Promise<Playbook | undefined> {
    const kept = await PlaybookModel.findById(version).lean();
    return kept ? toPlaybook(kept) : undefined;
  },
};

function latest() {
  return PlaybookModel.findOne().sort({ _id: -1 }).lean();
}

function toPlaybook({ parsed }: PlaybookDocument): Playbook {
  return JSON.parse(parsed);
}
