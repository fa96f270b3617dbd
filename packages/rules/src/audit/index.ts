export { canonicalAuditRow, unmistakable, type AuditText } from './canonical'
