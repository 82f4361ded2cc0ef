import type { OrganisationKind } from '../../component/organisation';
import type { TwoNames } from './names';

/** The code of the demonstration operator's root: by it a database is known to hold this operator and no other. */
export const OPERATOR_CODE = 'SANHU-DEMO';

export const OPERATOR_NAME: TwoNames = { name: '三户电信（演示）', nameEn: 'Sanhu Telecom (demonstration)' };

export interface CityPlan extends TwoNames {
  readonly code: string;
  readonly taxNumber: string;
  /** Of resident identity numbers. */
  readonly areaCode: string;
  /** Of fixed lines. */
  readonly dialling: string;
  readonly halls: readonly TwoNames[];
}

/** Three cities of Zhejiang 浙江省, each a legal entity with halls in its districts. */
export const CITIES: readonly CityPlan[] = [
  {
    code: 'ZJ-HZ', name: '杭州', nameEn: 'Hangzhou', taxNumber: '9133010071FM000011', areaCode: '330106', dialling: '0571',
    halls: [{ name: '西湖区', nameEn: 'Xihu' }, { name: '拱墅区', nameEn: 'Gongshu' }, { name: '滨江区', nameEn: 'Binjiang' }, { name: '萧山区', nameEn: 'Xiaoshan' }],
  },
  {
    code: 'ZJ-NB', name: '宁波', nameEn: 'Ningbo', taxNumber: '9133020071FM000029', areaCode: '330203', dialling: '0574',
    halls: [{ name: '海曙区', nameEn: 'Haishu' }, { name: '江北区', nameEn: 'Jiangbei' }, { name: '鄞州区', nameEn: 'Yinzhou' }],
  },
  {
    code: 'ZJ-WZ', name: '温州', nameEn: 'Wenzhou', taxNumber: '9133030071FM00003H', areaCode: '330302', dialling: '0577',
    halls: [{ name: '鹿城区', nameEn: 'Lucheng' }, { name: '瓯海区', nameEn: 'Ouhai' }, { name: '龙湾区', nameEn: 'Longwan' }],
  },
]; // prettier-ignore

export const PARTNER = { code: 'PARTNER-JIANGNAN', name: '江南通信代理', nameEn: 'Jiangnan Telecom Agency' } as const;

/** A node below the root, after its parent. */
export interface NodePlan extends TwoNames {
  readonly code: string;
  readonly parentCode: string;
  readonly kind: OrganisationKind;
  readonly taxNumber?: string;
}

export function hallCode(city: CityPlan, place: number): string {
  return `${city.code}-H${place + 1}`;
}

/** The department that looks after enterprises and the government 政企客户部. */
export function businessDepartmentCode(city: CityPlan): string {
  return `${city.code}-B2B`;
}

/** Every node below the root: the province, the cities with their departments and halls, and a partner. */
export function nodePlans(): readonly NodePlan[] {
  const province: NodePlan = { code: 'ZJ', parentCode: OPERATOR_CODE, kind: 'PROVINCE', name: '浙江省', nameEn: 'Zhejiang' };
  return [province, ...CITIES.flatMap(cityPlans), { ...PARTNER, parentCode: 'ZJ', kind: 'PARTNER' }];
}

function cityPlans(city: CityPlan): NodePlan[] {
  const { code, name, nameEn, taxNumber } = city;
  const sales = `${code}-SALES`;
  return [
    { code, parentCode: 'ZJ', kind: 'CITY', name: `${name}市分公司`, nameEn: `${nameEn} branch`, taxNumber },
    { code: sales, parentCode: code, kind: 'DEPARTMENT', name: `${name}公众客户部`, nameEn: `${nameEn} consumer sales` },
    {
      code: businessDepartmentCode(city),
      parentCode: code,
      kind: 'DEPARTMENT',
      name: `${name}政企客户部`,
      nameEn: `${nameEn} business customers`,
    },
    ...city.halls.map((district, place): NodePlan => {
      return {
        code: hallCode(city, place),
        parentCode: sales,
        kind: 'HALL',
        name: `${district.name}营业厅`,
        nameEn: `${district.nameEn} hall`,
      };
    }),
  ];
}
