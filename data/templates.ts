import { model, Schema } from 'mongoose';
import { inCollection, isDuplicate } from './collection.ts';

type TemplateDocument = {
  /** The content's hash. */
  readonly _id: string;
  /** The compiled template as JSON. */
  readonly compiled: string;
};

const templateSchema = new Schema<TemplateDocument>(
  { _id: String, compiled: { type: String, required: true } },
  inCollection('templates'),
);

export const TemplateModel = model('Template', templateSchema);

/** Compiled templates, each for ever: what was mailed can be shown again, and sent again to the letter. */
export const templates = {
  /** Keeps templates; those kept already are left as they are, since the id is the content's hash. */
  async save(compiled: readonly { readonly id: string }[]): Promise<void> {
    const kept = compiled.map((template) => ({ _id: template.id, compiled: JSON.stringify(template) }));
    try {
      await TemplateModel.insertMany(kept, { ordered: false });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  },

  /** The template of a hash, as it was saved. */
  async find<Compiled extends { readonly id: string }>(id: string): Promise<Compiled | undefined> {
    const kept = await TemplateModel.findById(id).lean();
    return kept ? JSON.parse(kept.compiled) : undefined;
  },
};
