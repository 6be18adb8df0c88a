import { describe, expect, it } from '@jest/globals';
import { showReference } from '../../api/reference.ts';
import { anApi, aWorld } from '../support/api.ts';

const withReference = () => anApi(aWorld(), { reference: showReference });

describe('the reference', () => {
  it('describes every route, in OpenAPI 3.1', async () => {
    const document = (await (await withReference()).inject('/reference/openapi.json')).json();

    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual([
      '/healthz',
      '/readyz',
      '/v1/cases',
      '/v1/cases/recovery',
      '/v1/cases/{id}',
      '/v1/cases/{id}/answer',
      '/v1/cases/{id}/notes',
      '/v1/cases/{id}/owner',
      '/v1/cases/{id}/reopen',
      '/v1/cases/{id}/resolve',
      '/v1/cloudevents',
      '/v1/coupon-pools/{name}',
      '/v1/customers/{id}',
      '/v1/customers/{id}/answers',
      '/v1/customers/{id}/consents',
      '/v1/customers/{id}/erasure',
      '/v1/customers/{id}/export',
      '/v1/customers/{id}/grants',
      '/v1/customers/{id}/journey',
      '/v1/customers/{id}/journey/end',
      '/v1/customers/{id}/journey/move',
      '/v1/customers/{id}/journey/pause',
      '/v1/customers/{id}/journey/resume',
      '/v1/customers/{id}/membership',
      '/v1/customers/{id}/objection',
      '/v1/customers/{id}/points',
      '/v1/customers/{id}/privileges',
      '/v1/events',
      '/v1/fulfilment',
      '/v1/fulfilment.csv',
      '/v1/fulfilment/sent',
      '/v1/fulfilment/{id}/sent',
      '/v1/grants',
      '/v1/grants/{code}/redeem',
      '/v1/journeys',
      '/v1/met-through',
      '/v1/playbooks',
      '/v1/playbooks/preview',
      '/v1/playbooks/{version}',
      '/v1/playbooks/{version}/preview',
      '/v1/playbooks/{version}/publish',
      '/v1/playbooks/{version}/source',
      '/v1/results/clicks',
      '/v1/results/grants',
      '/v1/results/phases',
      '/v1/results/touches',
      '/v1/segment/{call}',
      '/v1/sending',
      '/v1/sending/start',
      '/v1/sending/stop',
      '/v1/sends',
      '/v1/sends/{id}/send-again',
      '/v1/sends/{id}/settle',
      '/v1/surprises',
      '/v1/surprises/{name}/grants',
      '/v1/surprises/{name}/grants/{request}',
      '/v1/tasks',
      '/v1/tasks/{id}/cannot',
      '/v1/tasks/{id}/done',
      '/v1/webhooks',
      '/v1/webhooks/{id}',
      '/v1/webhooks/{id}/secret',
    ]);
    expect(JSON.stringify(document.paths['/v1/events'].post.requestBody)).toContain('timeZone');
  });

  it('comes with all it needs from here', async () => {
    const app = await withReference();

    const page = await app.inject('/reference/');

    expect(page.body).not.toMatch(/(src|href)="https?:/);
    expect(page.headers['content-security-policy']).toMatch(/default-src 'self'/);
    expect((await app.inject('/reference/js/scalar.js')).statusCode).toBe(200);
  });
});
