import admin from '../../messages/sq/admin.json'
import common from '../../messages/sq/common.json'
import conditions from '../../messages/sq/conditions.json'
import editors from '../../messages/sq/editors.json'
import errors from '../../messages/sq/errors.json'
import mails from '../../messages/sq/mails.json'
import member from '../../messages/sq/member.json'
import notifications from '../../messages/sq/notifications.json'
import pdf from '../../messages/sq/pdf.json'
import products from '../../messages/sq/products.json'
import receipts from '../../messages/sq/receipts.json'
import rechecks from '../../messages/sq/rechecks.json'
import settings from '../../messages/sq/settings.json'
import simulation from '../../messages/sq/simulation.json'
import switches from '../../messages/sq/switches.json'
import type { Messages } from './types'

/** Every message in Albanian. */
export const sq: Messages = { admin, common, conditions, editors, errors, mails, member, notifications, pdf, products, receipts, rechecks, settings, simulation, switches }
