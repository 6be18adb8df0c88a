/** What the pages say of whether mail leaves, in English. */
export const enSending = {
  sending: {
    stoppedAll: 'Mail is stopped. Nothing leaves, service mail neither; what comes due waits.',
    stoppedMarketing: 'Marketing is stopped. Service mail still leaves.',
    since: 'Since {when}, by {by}.',
    by: {
      api: 'the API',
      command: 'the command line',
      page: 'these pages',
      'circuit-breaker': 'the circuit breaker',
    },
    trips: {
      'spam-complaints':
        'Of the last {mails} marketing mails {spamComplaints} were called spam. Find out why before you start it again.',
      'hard-bounces':
        'Of the last {mails} marketing mails {hardBounces} came back for good. Find out why before you start it again.',
    },
    look: 'Look, or start it again',
    rehearsal:
      'Rehearsal: no customer gets any mail. The team got {copies} copies today; {leftOut} more would have gone.',
    rehearsalNoTeam: 'Rehearsal: no customer gets any mail, and shop.team names nobody to send copies to.',
    pilot: 'Pilot: {share} of customers get mail; for the others it is only recorded.',
    rehearsedWith: 'This customer gets no mail: it is only recorded.',
    title: 'Does mail leave?',
    stopLink: 'Stop mail',
    leaves: 'Mail leaves.',
    waiting: 'Customers with something that waits: {count}',
    because: 'Why',
    becauseHint: 'For whoever finds it stopped',
    stopLead:
      'Once you stop it no mail leaves, anywhere: service mail neither. What comes due meanwhile waits, and nothing is lost.',
    stop: 'Stop all mail',
    stopMarketing: 'Stop marketing only',
    startLead:
      'What waited is planned anew, the important first, spread over about {minutes} minutes of open hours: there is no burst. What is past its time is skipped.',
    start: 'Start mail',
    back: 'Change nothing',
  },
};
