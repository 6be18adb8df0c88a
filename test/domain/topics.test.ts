import { describe, expect, it } from '@jest/globals';
import { topicsOffered } from '../../domain/joining.ts';
import { lineFor, readPlaybook } from '../../domain/read-playbook.ts';
import { topicWords } from '../../domain/topics.ts';

const SHOP = `shop:
  name: Zuiderzon
  from: anna
  replyTo: help@shop.example
  locale: nl
  timeZone: Europe/Amsterdam
  currency: EUR
  address: Kade 1, Groningen
phases: {}
always:
  hello: { on: sign-up, topic: TOPIC }
`;

function read(topic: string, topics = '') {
  return readPlaybook(SHOP.replace('TOPIC', topic) + topics, { templates: ['hello'] });
}

function said(topic: string, topics?: string): readonly string[] {
  const answer = read(topic, topics);
  return answer.kind === 'read' ? answer.warnings.map(lineFor) : ['refused', ...answer.errors.map(lineFor)];
}

const EVENINGS = 'topics: { evenings: { title: { nl: Avonden, en: Evenings }, note: Music } }';

describe('the topics of a playbook', () => {
  it('are there without being named: news, offers, tips, surveys and service', () => {
    expect(['news', 'offers', 'tips', 'surveys'].flatMap((topic) => said(topic))).toEqual([]);
    expect(topicWords({}, 'news', 'nl')).toEqual({
      name: 'Nieuws',
      note: 'Wat er nieuw is, en wat er terug is',
    });
  });

  it('may be of one’s own, in words for who chooses', () => {
    const answer = read('evenings', EVENINGS);
    if (answer.kind === 'refused') throw new Error('refused');

    expect(answer.warnings).toEqual([]);
    expect(topicWords(answer.playbook, 'evenings', 'nl')).toEqual({ name: 'Avonden', note: 'Music' });
    expect(topicWords(answer.playbook, 'news', 'en').name).toBe('News');
    expect(topicsOffered(answer.playbook)).toEqual(['evenings']);
  });

  it.each([
    [
      'evening',
      EVENINGS,
      'line 11, always.hello.topic: no topic is named "evening" (did you mean "evenings"?)',
    ],
    ['service', EVENINGS, '"service" is what customers wait for, not marketing'],
    ['news', 'topics: { news: { title: 3, note: x } }', 'topics.news.title: is not a text'],
    ['news', 'topics: { news: { title: x } }', 'topics.news.note'],
  ])('are refused with where and how: %s', (topic, topics, message) => {
    const [refused, ...errors] = said(topic, topics);

    expect(refused).toBe('refused');
    expect(errors.join()).toContain(message);
  });

  it('of a playbook from before they were named stay valid, and are warned of', () => {
    const warnings = said('evenings');

    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('no topic is named "evenings"');
  });
});
