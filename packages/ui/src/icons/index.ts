/** The icons of the product, one look for all; import from `@interdomestik/ui/icons`. Decoration: words stand beside them. */
export {
  ArrowLeft, ArrowLeftRight, ArrowRight, Bell, Camera, Car, Check, ChevronDown, ChevronUp, CircleUserRound, CreditCard, Download, Ellipsis, FileText, Files, FolderOpen, HeartPulse, House, IdCard, Info, KeyRound,
  LogOut, Mail, MonitorSmartphone, Phone, Plane, Plus, ReceiptText, RefreshCw, Scale, Settings, ShieldCheck, ShoppingBag, Trash2, Upload, Users, WifiOff,
} from 'lucide-react';
export {
  Ban, Banknote, Building2, ChartColumn, ClipboardCheck, Clock, Copy, DoorOpen, ExternalLink, Eye, FileCheck, Gauge, Globe, HandCoins, Handshake, Inbox, Landmark, Moon, Pencil, Printer, QrCode, ScrollText, Search, Send, Sun,
  SunMoon, Target, Undo2, UserCheck, UserPlus, UserRoundCog, UsersRound,
} from 'lucide-react';
export { ArrowDown, ArrowUp, ChevronLeft, ChevronRight, TriangleAlert } from 'lucide-react';
