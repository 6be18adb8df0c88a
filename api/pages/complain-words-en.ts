/** What the page by which customers tell that something is wrong says in English; `{name}` is filled in. */
export const complainEn = {
  link: 'Something wrong? Tell us',
  title: 'Something wrong? Tell us',
  lead: 'A person at {shop} reads it, and answers within {within}.',
  leadTo: 'A person at {shop} reads it, and answers within {within}, to {email}.',
  calm: 'Until it is put right you get no marketing from us.',
  underway: 'Something you told us is with us already. You may add to it here, or tell something else.',
  order: 'Which order is it about?',
  orderOf: 'Of {date}',
  noOrder: 'Something else',
  text: 'What is wrong?',
  textHint: 'In your own words. What would make it right?',
  send: 'Send',
  missing: 'Write what is wrong, however short.',
  tooLong:
    'This is more than we can take in at once: at most {most} characters. Nothing is lost; make it shorter.',
  doneTitle: 'Thank you for telling us',
  toPreferences: 'Choose what comes, and how often',
};
