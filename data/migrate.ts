import type { Model } from 'mongoose';
import { AnswerModel } from './answer-document.ts';
import { ApiKeyModel } from './api-keys.ts';
import { AwaitedModel } from './awaited.ts';
import { BudgetModel } from './budgets.ts';
import { CaseModel } from './case-document.ts';
import { ClickModel } from './clicks.ts';
import { ConfirmationBounceModel } from './confirmation-bounces.ts';
import { ConsentEventModel } from './consent-events.ts';
import { CouponCodeModel, CouponPoolModel } from './coupon-document.ts';
import { CustomerModel } from './customer-document.ts';
import { DecisionModel } from './decisions.ts';
import { ErasureModel } from './erasures.ts';
import { EventModel } from './event-document.ts';
import { GrantModel } from './grant-document.ts';
import { JoinRequestModel } from './join-requests.ts';
import { PlaybookModel } from './playbooks.ts';
import { PointEntryModel } from './point-entries.ts';
import { PrivacyRequestModel } from './privacy-requests.ts';
import { RehearsalModel } from './rehearsals.ts';
import { SendModel } from './send-document.ts';
import { SendingModel } from './sending.ts';
import { SendingDayModel } from './sending-days.ts';
import { SendingDomainModel } from './sending-domains.ts';
import { SuppressionModel } from './suppressions.ts';
import { TeamMailModel } from './team-mails.ts';
import { TeamTaskModel } from './team-task-document.ts';
import { TemplateModel } from './templates.ts';
import { WebhookMessageModel } from './webhook-messages.ts';
import { WebhookModel } from './webhooks.ts';

type Migrated = Pick<Model<unknown>, 'createCollection' | 'createIndexes'>;

const MODELS: readonly Migrated[] = [
  ...[CustomerModel, EventModel, ConsentEventModel, SendModel, DecisionModel],
  ...[PlaybookModel, TemplateModel, SuppressionModel, ApiKeyModel],
  ...[JoinRequestModel, ConfirmationBounceModel, ClickModel, PointEntryModel],
  ...[SendingModel, SendingDayModel, SendingDomainModel, RehearsalModel],
  ...[ErasureModel, AwaitedModel, PrivacyRequestModel, WebhookModel, WebhookMessageModel],
  ...[TeamMailModel, CaseModel, GrantModel, BudgetModel, CouponCodeModel, CouponPoolModel],
  AnswerModel,
  TeamTaskModel,
];

/** Makes the collections and their indexes; what is there stays. Never twice rests on the unique ones: run it first. */
export async function migrate(): Promise<void> {
  for (const model of MODELS) {
    await model.createCollection();
    await model.createIndexes();
  }
}
