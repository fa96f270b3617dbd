import admin from '../../messages/mk/admin.json'
import common from '../../messages/mk/common.json'
import conditions from '../../messages/mk/conditions.json'
import editors from '../../messages/mk/editors.json'
import errors from '../../messages/mk/errors.json'
import inbox from '../../messages/mk/inbox.json'
import mails from '../../messages/mk/mails.json'
import member from '../../messages/mk/member.json'
import notifications from '../../messages/mk/notifications.json'
import pdf from '../../messages/mk/pdf.json'
import products from '../../messages/mk/products.json'
import receipts from '../../messages/mk/receipts.json'
import rechecks from '../../messages/mk/rechecks.json'
import settings from '../../messages/mk/settings.json'
import simulation from '../../messages/mk/simulation.json'
import switches from '../../messages/mk/switches.json'

/** Every message in Macedonian, by area. Its shape is the shape of every language. */
export const mk = { admin, common, conditions, editors, errors, inbox, mails, member, notifications, pdf, products, receipts, rechecks, settings, simulation, switches }
