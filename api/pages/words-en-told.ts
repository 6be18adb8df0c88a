/** What the pages say of who did something and by which way, in English. */
export const enTold = {
  told: {
    ways: {
      'one-click': 'by the unsubscribe button of their mail program',
      page: 'by the link in a mail',
      mailto: 'by a mail to our unsubscribe address',
      reply: 'in an answer to a mail',
      team: 'noted by somebody here',
      provider: 'passed on by the mail provider',
      preferences: 'on their own preference page',
      'spam-complaint': 'a mail was reported as spam',
    },
    system: 'told by “{source}”',
    preferences: 'Their own choice, on the preference page',
    someone: 'Somebody here',
  },
};
