/** What is wrong with a template, and where. */
export type TemplateError = {
  /** The file below `templates/`, `welcome.mjml`. */
  readonly template: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
};

/** Thrown when a template may not be published; it names every mistake found. */
export class TemplateRefused extends Error {
  readonly errors: readonly TemplateError[];

  constructor(errors: readonly TemplateError[]) {
    super(errors.map(({ template, line, message }) => `${template}:${line}: ${message}`).join('\n'));
    this.name = 'TemplateRefused';
    this.errors = errors;
  }
}
