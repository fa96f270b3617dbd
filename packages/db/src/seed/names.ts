import type { Random } from './random';

/** Spelling tradition of a name. */
export type NameStyle = 'mk' | 'sq' | 'sr';

interface Names {
  readonly men: readonly string[];
  readonly women: readonly string[];
  /** Family names as a man and as a woman bears them. */
  readonly families: readonly (readonly [string, string])[];
}

const words = (text: string): string[] => text.trim().split(/\s+/u);
const same = (text: string): (readonly [string, string])[] => words(text).map((name) => [name, name] as const);

const mkFamilies = words(`Стојановски Петровски Ѓорѓиевски Илиевски Наумовски Трајковски Димитровски Јовановски Крстевски Николовски Ристовски Василевски
  Божиновски Милошевски Тодоровски Андоновски Цветковски Блажевски Спасовски Величковски`);
const mkFamiliesInEv = words('Митрев Костов Ангелов Ѓуров Џамбазов Захариев Ќосев Љубенов Шопов Чаков');

const names: Readonly<Record<NameStyle, Names>> = {
  mk: {
    men: words('Александар Ѓорѓи Никола Бојан Горан Дејан Зоран Игор Јован Кирил Љупчо Мартин Методија Огнен Петар Ристе Стефан Трајче Филип Христијан'),
    women: words('Ана Билјана Весна Гордана Даниела Елена Жаклина Ивана Јасмина Катерина Лидија Марија Наташа Симона Снежана Тања Фросина Ѓурѓица Његица Цветанка'),
    families: [...mkFamilies.map((name) => [name, name.replace(/ски$/u, 'ска')] as const), ...mkFamiliesInEv.map((name) => [name, `${name}а`] as const)],
  },
  sq: {
    men: words('Agron Arben Artan Bekim Besnik Blerim Driton Enver Faton Florent Gëzim Ilir Jeton Kushtrim Liridon Luan Naim Përparim Shpend Valon Visar Yll Xhevat'),
    women: words('Albana Arbnora Arta Besa Blerta Donjeta Drita Elira Fjolla Gresa Hana Jehona Kaltrina Liridona Mirlinda Njomza Qëndresa Rinesa Shqipe Teuta Valbona Zana Xheneta'),
    families: same(`Krasniqi Gashi Berisha Hoxha Shala Kelmendi Morina Thaçi Bytyqi Rexhepi Ahmeti Osmani Ademi Çeliku Dervishi Ramadani Xhaferi Zeqiri Qerimi
      Limani Mustafa Sejdiu Ukaj Veseli Jashari Haziri Ibrahimi Selimi Nuredini Përteshi`),
  },
  sr: {
    men: words('Aleksandar Bojan Branislav Dragan Đorđe Filip Goran Jovan Marko Miloš Nenad Nikola Petar Saša Stefan Uroš Vuk Željko'),
    women: words('Ana Biljana Dragana Gordana Ivana Jelena Jovana Ljiljana Marija Milica Nataša Nevena Sanja Snežana Tijana Vesna Živka'),
    families: same('Jovanović Petrović Nikolić Marković Đorđević Stojanović Ilić Stanković Pavlović Milošević Živković Radosavljević Čanović Šarić'),
  },
};

export interface DrawnName {
  readonly firstName: string;
  readonly lastName: string;
  readonly woman: boolean;
}

/** A person's name in a spelling tradition. */
export function drawName(random: Random, style: NameStyle): DrawnName {
  const woman = random.chance(0.48);
  const { men, women, families } = names[style];
  return { firstName: random.pick(woman ? women : men), lastName: random.pick(families)[woman ? 1 : 0], woman };
}

/** A relative: the same family name, in the form that the relative bears. */
export function drawRelative(random: Random, style: NameStyle, lastName: string): DrawnName {
  const woman = random.chance(0.5);
  const { men, women, families } = names[style];
  const family = families.find((forms) => forms.includes(lastName)) ?? ([lastName, lastName] as const);
  return { firstName: random.pick(woman ? women : men), lastName: family[woman ? 1 : 0], woman };
}
