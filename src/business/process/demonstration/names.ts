import type { Chance } from './chance';

/** A name in Chinese and in pinyin or English. */
export interface TwoNames {
  readonly name: string;
  readonly nameEn: string;
}

/** 王 Wang, …: the commonest surnames, as "character pinyin". */
const SURNAMES = split(
  '王 Wang,李 Li,张 Zhang,刘 Liu,陈 Chen,杨 Yang,黄 Huang,赵 Zhao,吴 Wu,周 Zhou,徐 Xu,孙 Sun,马 Ma,朱 Zhu,胡 Hu,郭 Guo,何 He,高 Gao,林 Lin,罗 Luo,' +
    '郑 Zheng,梁 Liang,谢 Xie,宋 Song,唐 Tang,许 Xu,韩 Han,冯 Feng,邓 Deng,曹 Cao,彭 Peng,曾 Zeng,肖 Xiao,田 Tian,董 Dong,袁 Yuan,潘 Pan,蒋 Jiang,蔡 Cai,余 Yu,' +
    '叶 Ye,杜 Du,苏 Su,魏 Wei,程 Cheng,吕 Lü,丁 Ding,沈 Shen,任 Ren,姚 Yao,卢 Lu,傅 Fu,钟 Zhong,姜 Jiang,崔 Cui,谭 Tan,陆 Lu,范 Fan,汪 Wang,廖 Liao,欧阳 Ouyang,上官 Shangguan',
);

const GIVEN_NAMES = split(
  '伟 Wei,芳 Fang,娜 Na,敏 Min,静 Jing,丽 Li,强 Qiang,磊 Lei,军 Jun,洋 Yang,勇 Yong,艳 Yan,杰 Jie,娟 Juan,涛 Tao,明 Ming,超 Chao,秀英 Xiuying,霞 Xia,平 Ping,' +
    '刚 Gang,桂英 Guiying,文博 Wenbo,思远 Siyuan,雨欣 Yuxin,梓涵 Zihan,浩然 Haoran,子轩 Zixuan,一诺 Yinuo,佳怡 Jiayi,欣怡 Xinyi,俊杰 Junjie,晓明 Xiaoming,晓燕 Xiaoyan,' +
    '建国 Jianguo,建华 Jianhua,志强 Zhiqiang,海燕 Haiyan,春梅 Chunmei,国庆 Guoqing,天佑 Tianyou,若曦 Ruoxi,诗涵 Shihan,宇航 Yuhang,嘉豪 Jiahao,美玲 Meiling,玉兰 Yulan,' +
    '小明 Xiaoming,小红 Xiaohong,振华 Zhenhua,雪梅 Xuemei,立新 Lixin,永康 Yongkang,东升 Dongsheng,慧 Hui,婷 Ting,鹏 Peng,飞 Fei,斌 Bin,宁 Ning',
);

const FIRM_WORDS = split(
  '云帆 Yunfan,海川 Haichuan,钱江 Qianjiang,东海 Donghai,瓯越 Ouyue,西子 Xizi,天元 Tianyuan,恒信 Hengxin,鼎新 Dingxin,华盛 Huasheng,启航 Qihang,瑞丰 Ruifeng,' +
    '和润 Herun,万联 Wanlian,百川 Baichuan,金桥 Jinqiao,绿洲 Lüzhou,星河 Xinghe,中天 Zhongtian,凯旋 Kaixuan',
);

const TRADES = [
  { name: '科技有限公司', nameEn: 'Technology Co., Ltd.' },
  { name: '贸易有限公司', nameEn: 'Trading Co., Ltd.' },
  { name: '物流有限公司', nameEn: 'Logistics Co., Ltd.' },
  { name: '餐饮管理有限公司', nameEn: 'Catering Management Co., Ltd.' },
  { name: '纺织有限公司', nameEn: 'Textiles Co., Ltd.' },
  { name: '机械制造有限公司', nameEn: 'Machinery Co., Ltd.' },
  { name: '文化传媒有限公司', nameEn: 'Media Co., Ltd.' },
  { name: '医疗器械有限公司', nameEn: 'Medical Devices Co., Ltd.' },
] as const;

const OFFICES = [
  { name: '教育局', nameEn: 'Education Bureau' },
  { name: '民政局', nameEn: 'Civil Affairs Bureau' },
  { name: '水利局', nameEn: 'Water Resources Bureau' },
  { name: '市场监督管理局', nameEn: 'Market Regulation Bureau' },
  { name: '交通运输局', nameEn: 'Transport Bureau' },
  { name: '卫生健康局', nameEn: 'Health Bureau' },
  { name: '街道办事处', nameEn: 'Subdistrict Office' },
  { name: '图书馆', nameEn: 'Library' },
] as const;

export interface PersonName extends TwoNames {
  readonly surname: TwoNames;
}

export function personName(chance: Chance, surname: TwoNames = chance.one(SURNAMES)): PersonName {
  const given = chance.one(GIVEN_NAMES);
  return { surname, name: surname.name + given.name, nameEn: `${surname.nameEn} ${given.nameEn}` };
}

export function householdName({ name, nameEn }: TwoNames): TwoNames {
  return { name: `${name}家庭`, nameEn: `${nameEn}'s household` };
}

export function enterpriseName(chance: Chance, city: TwoNames): TwoNames {
  const word = chance.one(FIRM_WORDS);
  const trade = chance.one(TRADES);
  return { name: city.name + word.name + trade.name, nameEn: `${city.nameEn} ${word.nameEn} ${trade.nameEn}` };
}

export function governmentName(chance: Chance, city: TwoNames, district: TwoNames): TwoNames {
  const office = chance.one(OFFICES);
  return { name: `${city.name}市${district.name}${office.name}`, nameEn: `${district.nameEn} ${office.nameEn}, ${city.nameEn}` };
}

function split(list: string): readonly TwoNames[] {
  return list.split(',').map((pair) => {
    const [name = '', nameEn = ''] = pair.split(' ');
    return { name, nameEn };
  });
}
