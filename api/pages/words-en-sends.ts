/** What the pages say of mails that wait for a person, in English. */
export const enSends = {
  sends: {
    title: 'Mails that wait for you',
    lead: 'Nobody knows what became of these. Ask the customer or your mail provider, then say what you know; or send it again: it leaves once more, under the same rules as any mail.',
    empty: 'Nothing waits for you: of every mail it is known what became of it.',
    more: 'There are more; these are the latest.',
    unknown:
      'It may have arrived: the connection was lost while it was handed over. It is not sent a second time by itself.',
    failed: 'It was given up after failing again and again ({type}).',
    because: 'What you know of “{touch}” (may be left blank)',
    arrived: 'It arrived',
    lost: 'It never arrived',
    again: 'Send it again',
    page: 'said on the page',
    told: {
      done: 'Noted.',
      known:
        'Nothing was changed: what became of that mail is known by now, or nothing can be sent to this customer.',
    },
    said: {
      arrived: '{by} said on {when} that it arrived: {because}',
      lost: '{by} said on {when} that it never arrived: {because}',
      'send-again': '{by} had it sent again on {when}: {because}',
    },
    waiting: '{count} mails wait for you: nobody knows what became of them',
    waitingOne: 'One mail waits for you: nobody knows what became of it',
    waitingMany: 'More than {count} mails wait for you: nobody knows what became of them',
  },
};
