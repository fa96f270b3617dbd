import admin from '../../messages/sr/admin.json'
import common from '../../messages/sr/common.json'
import conditions from '../../messages/sr/conditions.json'
import editors from '../../messages/sr/editors.json'
import errors from '../../messages/sr/errors.json'
import mails from '../../messages/sr/mails.json'
import member from '../../messages/sr/member.json'
import notifications from '../../messages/sr/notifications.json'
import pdf from '../../messages/sr/pdf.json'
import products from '../../messages/sr/products.json'
import receipts from '../../messages/sr/receipts.json'
import rechecks from '../../messages/sr/rechecks.json'
import settings from '../../messages/sr/settings.json'
import simulation from '../../messages/sr/simulation.json'
import switches from '../../messages/sr/switches.json'
import type { Messages } from './types'

/** Every message in Serbian, in Latin script. */
export const sr: Messages = { admin, common, conditions, editors, errors, mails, member, notifications, pdf, products, receipts, rechecks, settings, simulation, switches }
