/** What the pages say of what the team is to do, in English. */
export const enTasks = {
  tasks: {
    title: 'To do by hand',
    lead: 'The playbook asks a person for these. Whoever has done one says so here; so does who finds that it cannot be done.',
    empty: 'There is nothing to do by hand now.',
    more: 'There are more; these have waited longest.',
    by: 'Who you are, for “{todo}”',
    byShort: 'Who you are',
    note: 'What there is to say of “{todo}” (may be left blank)',
    noteShort: 'What there is to say (may be left blank)',
    done: 'Done',
    cannot: 'Cannot be done',
    page: 'page',
    told: {
      done: 'Noted.',
      known: 'Nothing was changed: somebody had said what became of it already.',
    },
    waiting: '{count} things to do by hand',
    waitingOne: 'One thing to do by hand',
    waitingMany: 'More than {count} things to do by hand',
    given: '{touch} is for a person to do now',
    notGiven: '{touch} was not given to anybody: {reason}',
  },
};
