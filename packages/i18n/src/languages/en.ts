import admin from '../../messages/en/admin.json'
import common from '../../messages/en/common.json'
import conditions from '../../messages/en/conditions.json'
import editors from '../../messages/en/editors.json'
import errors from '../../messages/en/errors.json'
import mails from '../../messages/en/mails.json'
import member from '../../messages/en/member.json'
import notifications from '../../messages/en/notifications.json'
import pdf from '../../messages/en/pdf.json'
import products from '../../messages/en/products.json'
import receipts from '../../messages/en/receipts.json'
import rechecks from '../../messages/en/rechecks.json'
import settings from '../../messages/en/settings.json'
import simulation from '../../messages/en/simulation.json'
import switches from '../../messages/en/switches.json'
import type { Messages } from './types'

/** Every message in English. */
export const en: Messages = { admin, common, conditions, editors, errors, mails, member, notifications, pdf, products, receipts, rechecks, settings, simulation, switches }
