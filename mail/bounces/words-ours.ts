/** What is said of the sender's standing: stronger than any code beside it. */
export const REPUTATION: readonly RegExp[] = [
  /\b(?:anti-?)?spam(?!cop listing removed)|unsolicited|\bbulk\b|\bjunk\b|\bube\b|\buce\b|reputation|user complaints|abuse/,
  /black ?-?list|block ?-?list|deny ?-?list|\bblocked\b|\brbls?\b|dnsbl|\bsurbl\b|\buribl\b|spamhaus|spamcop|sorbs|senderscore|blocked (?:using|by)/,
  /\bdmarc\b|\bspf\b|\bdkim\b|domainkeys|sender id\b|unauthenticated|\barc\b validation/,
  /\bvirus|malware|infected|phish|trojan|\bworm\b/,
  /\b(?:sc|ou|rp|dy)-00\d\b|\[(?:ts|tss|ph|bl|gl|ps)\d\d\]|\b(?:hvu|rly|dyn|con|rtr|cnf):[a-z]?\d/,
];

/** It is about us, our mail, or what a site allows: the sender, relaying, contents, permissions. */
export const OURS: readonly RegExp[] = [
  // The sender
  /\bsenders?(?:'s)?\b(?: \S{1,40}){0,6} (?:rejected|denied|unknown|refused|invalid|unverified|not|does ?n[o']t|doesn't|verify|verification|fail\w*|banned|prohibited|unroutable|restricted|restriction\w*|required|must|needs?|cannot|could)\b/,
  /(?:invalid|unknown|bad|unrout\w+|unresolv\w+|illegal|unverified|forged|unauthori[sz]ed|empty|null|bogus|fake|missing|reject\w*|refus\w+|wrong|denied) (?:the |your |this )?(?:envelope |e-?mail |address of |domain of )*(?:senders?|mail[- ]?from|from[ -](?:address|header|field|domain)|return[ -]path|reverse[ -]path)/,
  /domain of (?:the )?sender|(?:e-?mail|sender|from|originat\w+) domain (?:\S{1,40} ){0,3}(?:not|does|invalid|unresolv\w*|must|rejected)|from: domain|mail from (?:domain|@? ?(?:rejected|denied|refused|not|must|unknown))|(?:rejected|denied|error|failed|in reply to|refused|command) ?(?:after|at|in|to|by)? ?:?\(?mail from\b|sender was rejected|my name was rejected|returned mail not accepted|batv|bounce address|backscatter|callout|callback|emetteur|expéditeur (?:\S{1,20} ){0,3}(?:refus|inval|rejet)|absender(?:adresse)?(?: \S{1,20}){0,3} (?:abgelehnt|ungültig|nicht)|remitente|mittente/,
  // Relaying and who may send
  /relay(?:ing|ed)?\b(?! recipient)(?: \S{1,40}){0,5} (?:denied|not|prohibited|disallowed|refused|rejected|forbidden|blocked|disabled|restricted)|(?:unable|not (?:allowed|permitted|authori[sz]ed)|cannot|can't|do not|don't|won't|refus\w+|denied|insecure mail|not a|open|no|attempted|unauthori[sz]ed|prohibit\w*) (?:to )?(?:\S{1,20} )?relay(?:ing)?\b(?! recipient)|relay access|relay not|rcpt ?hosts|relaying mail to|non-local e-?mail address|not a gateway|no third-party/,
  /authenticat\w+ (?:is )?(?:required|failed|needed|credentials|first)|(?:must|requires?|need(?:s|ed)?|without|please|not|failed|smtp) (?:to )?(?:be )?(?:smtp )?authenticat|\bauth(?:entication)? required|not authenticated|login required|client was not/,
  /not (?:\S{1,20} )?(?:authori[sz]ed|permitted|allowed)\b|unauthori[sz]ed|(?:do|does) not have (?:\S{1,20} )?permission|permission to send|notauthorized|insufficient permissions|access (?:is )?denied|access (?:\S{1,20} ){0,2}(?:restricted|forbidden)|administrative\S* prohibit|prohibited|forbidden|delivery not authorized/,
  // Who we are on the net
  /client (?:host|address|ip|machine)|reverse (?:dns|lookup)|\brdns\b|\bptr\b|\b(?:helo|ehlo)\b(?! command:)|dynamic(?:ally)? (?:ip|assigned|address)|generic dns|open (?:proxy|relay)|your (?:ip|isp|network|hostname|host\b|server|domain|mail ?server|sender|sending|smtp|account|mta|provider|system|address is (?:listed|denied))|(?:ip|host|server|connection|mail)s? (?:\S{1,40} )?(?:has been |is |was |are )?(?:banned|rejected for|not welcome)|connections? (?:not accepted|from your)|go away|no access from|ip (?:name|address) (?:\S{1,20} )?(?:lookup|rejected|denied|not)|proofpoint/,
  // What we sent
  /\bpolic(?:y|ies)\b|banned|suspicious|content(?:s)? (?:\S{1,20} )?(?:reject|filter|denied|restrict|not |block|refus|violat|unaccept|prohibit)|(?:content|body|header|message|mail|url|domain|attachment)s? (?:\S{1,20} )?(?:filter|filtered|filtering)\b|content (?:filter|type|rejected)|rejecting (?:\S{1,20} )?content|unacceptable|attachment|extension|illegal (?:\S{1,20} )?(?:character|header)|duplicate header|header (?:error|are not)|protocol violation|compliance|5322|2822|message-id|mime error|conversion|8-?bit/,
  // What the recipient or their list wants
  /recipient preferences|refuse[sd]? (?:to )?(?:receive|accept)? ?(?:mail )?(?:from|by recipient)|only accept(?:ing|s)?|accepts? (?:mail |messages )?only|members?-only|not subscribed|non-?member|closed (?:mailing )?list|moderat\w+ (?:list|post)|not accepting (?:mail|messages|any mail) (?:from|with)|protected by|confirm this|challenge|captcha|white ?-?list|allow ?-?list|restricted|has blocked|filtered by|message filtered|user reject|reject(?:ed)? by (?:the )?(?:user|recipient|filter|rule|system|content)|rejected due to|sieve|mail rejected by recipient|refused by recipient|\[bouncedeny\]|delivery restriction|rate limit\w*|unusual rate|daily (?:message |sending )?limit|tls|encrypt|starttls|certificate|security/,
];
