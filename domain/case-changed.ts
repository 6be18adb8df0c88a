/** Thrown when a case does not stand any more as whoever decides of it saw it. */
export class CaseChanged extends Error {
  readonly id: string;

  constructor(id: string) {
    super('the case has changed meanwhile');
    this.name = 'CaseChanged';
    this.id = id;
  }
}
