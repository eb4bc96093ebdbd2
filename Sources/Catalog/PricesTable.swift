/// Prices of machines in US dollars per instance-hour, by region.
///
/// An empty field is an unknown price, never zero. Facts from `gpu-prices.csv` and `cpu-prices.csv`
/// of the gathered data; rows of other clouds, accelerators and regions are left out. An AWS spot
/// price is derived: on-demand less the mean saving of the spot advisor of 2025-06-28. A committed
/// price of Google Cloud is the monthly price over 730 h. `source` names a row of `sourcesTable`
/// (several joined by `+`); an empty date means that the source does not state one.
let pricesTable = #"""
  instance,region,on_demand_usd_h,spot_usd_h,committed_1y_usd_h,committed_3y_usd_h,date,spot_basis,committed_basis,source
  aws/g4dn.xlarge,us-east-1,0.526,0.18936,,,2026-07-20,derived: on-demand less 64 %,,karpenter-aws+spotinfo
  aws/g4dn.2xlarge,us-east-1,0.752,0.29328,,,2026-07-20,derived: on-demand less 61 %,,karpenter-aws+spotinfo
  aws/g4dn.12xlarge,us-east-1,3.912,1.40832,,,2026-07-20,derived: on-demand less 64 %,,karpenter-aws+spotinfo
  aws/g4dn.metal,us-east-1,7.824,3.83376,,,2026-07-20,derived: on-demand less 51 %,,karpenter-aws+spotinfo
  aws/g5.xlarge,us-east-1,1.006,0.41246,,,2026-07-20,derived: on-demand less 59 %,,karpenter-aws+spotinfo
  aws/g5.2xlarge,us-east-1,1.212,0.50904,,,2026-07-20,derived: on-demand less 58 %,,karpenter-aws+spotinfo
  aws/g5.4xlarge,us-east-1,1.624,0.6496,,,2026-07-20,derived: on-demand less 60 %,,karpenter-aws+spotinfo
  aws/g5.12xlarge,us-east-1,5.672,2.38224,,,2026-07-20,derived: on-demand less 58 %,,karpenter-aws+spotinfo
  aws/g5.48xlarge,us-east-1,16.288,4.72352,,,2026-07-20,derived: on-demand less 71 %,,karpenter-aws+spotinfo
  aws/g6.xlarge,us-east-1,0.8048,0.410448,,,2026-07-20,derived: on-demand less 49 %,,karpenter-aws+spotinfo
  aws/g6.2xlarge,us-east-1,0.9776,0.410592,,,2026-07-20,derived: on-demand less 58 %,,karpenter-aws+spotinfo
  aws/g6.12xlarge,us-east-1,4.6016,1.886656,,,2026-07-20,derived: on-demand less 59 %,,karpenter-aws+spotinfo
  aws/g6.48xlarge,us-east-1,13.3504,4.138624,,,2026-07-20,derived: on-demand less 69 %,,karpenter-aws+spotinfo
  aws/g6e.xlarge,us-east-1,1.861,0.78162,,,2026-07-20,derived: on-demand less 58 %,,karpenter-aws+spotinfo
  aws/g6e.2xlarge,us-east-1,2.24208,0.82957,,,2026-07-20,derived: on-demand less 63 %,,karpenter-aws+spotinfo
  aws/g6e.12xlarge,us-east-1,10.49264,4.616762,,,2026-07-20,derived: on-demand less 56 %,,karpenter-aws+spotinfo
  aws/g6e.48xlarge,us-east-1,30.13118,9.641978,,,2026-07-20,derived: on-demand less 68 %,,karpenter-aws+spotinfo
  aws/p4d.24xlarge,us-east-1,21.957642,7.246022,,,2026-07-20,derived: on-demand less 67 %,,karpenter-aws+spotinfo
  aws/p4de.24xlarge,us-east-1,27.44705,9.606467,,,2026-07-20,derived: on-demand less 65 %,,karpenter-aws+spotinfo
  aws/p5.4xlarge,us-east-1,6.88,,,,2026-07-20,,,karpenter-aws
  aws/p5.48xlarge,us-east-1,55.04,26.4192,,,2026-07-20,derived: on-demand less 52 %,,karpenter-aws+spotinfo
  aws/p5en.48xlarge,us-east-1,63.296,22.78656,,,2026-07-20,derived: on-demand less 64 %,,karpenter-aws+spotinfo
  aws/p6-b200.48xlarge,us-east-1,113.9328,,,,2026-07-20,,,karpenter-aws
  aws/c6i.large,us-east-1,0.085,0.03145,0.052511,,2026-07-20,derived: on-demand less 63 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/c6i.xlarge,us-east-1,0.17,0.068,0.104909,,2026-07-20,derived: on-demand less 60 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/c6i.2xlarge,us-east-1,0.34,0.1666,0.209932,,2026-07-20,derived: on-demand less 51 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/c6i.4xlarge,us-east-1,0.68,0.2924,0.419863,,2026-07-20,derived: on-demand less 57 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/c6i.8xlarge,us-east-1,1.36,0.5304,0.839612,,2026-07-20,derived: on-demand less 61 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/c7g.large,us-east-1,0.0725,0.036975,0.044635,,2026-07-20,derived: on-demand less 49 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/c7g.large,eu-west-1,0.0775,0.0372,,,2026-10-08,derived: on-demand less 52 %,,public-code-aws-eu+spotinfo
  aws/c7g.xlarge,us-east-1,0.145,0.0551,0.089155,,2026-07-20,derived: on-demand less 62 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/c7g.xlarge,eu-west-1,0.155,0.0744,,,2026-10-08,derived: on-demand less 52 %,,public-code-aws-eu+spotinfo
  aws/c7g.2xlarge,us-east-1,0.29,0.0899,0.178311,,2026-07-20,derived: on-demand less 69 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/c7g.2xlarge,eu-west-1,0.3101,0.142646,,,2026-10-08,derived: on-demand less 54 %,,public-code-aws-eu+spotinfo
  aws/c7g.4xlarge,us-east-1,0.58,0.1682,0.356735,,2026-07-20,derived: on-demand less 71 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/c7g.4xlarge,eu-west-1,0.6202,0.272888,,,2026-10-08,derived: on-demand less 56 %,,public-code-aws-eu+spotinfo
  aws/c7g.8xlarge,us-east-1,1.16,0.3132,0.71347,,2026-07-20,derived: on-demand less 73 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/c7i.large,us-east-1,0.08925,0.030345,,,2026-07-20,derived: on-demand less 66 %,,karpenter-aws+spotinfo
  aws/c7i.xlarge,us-east-1,0.1785,0.069615,,,2026-07-20,derived: on-demand less 61 %,,karpenter-aws+spotinfo
  aws/c7i.2xlarge,us-east-1,0.357,0.14637,,,2026-07-20,derived: on-demand less 59 %,,karpenter-aws+spotinfo
  aws/c7i.4xlarge,us-east-1,0.714,0.27846,,,2026-07-20,derived: on-demand less 61 %,,karpenter-aws+spotinfo
  aws/c7i.8xlarge,us-east-1,1.428,0.54264,,,2026-07-20,derived: on-demand less 62 %,,karpenter-aws+spotinfo
  aws/m6i.large,us-east-1,0.096,0.03552,0.059247,,2026-07-20,derived: on-demand less 63 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m6i.large,eu-west-1,0.107,0.04922,,,,derived: on-demand less 54 %,,public-code-aws-eu-undated+spotinfo
  aws/m6i.xlarge,us-east-1,0.192,0.0864,0.118493,,2026-07-20,derived: on-demand less 55 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m6i.xlarge,eu-west-1,0.214,0.09416,,,,derived: on-demand less 56 %,,public-code-aws-eu-undated+spotinfo
  aws/m6i.2xlarge,us-east-1,0.384,0.16128,0.2371,,2026-07-20,derived: on-demand less 58 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m6i.4xlarge,us-east-1,0.768,0.26112,0.474201,,2026-07-20,derived: on-demand less 66 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m6i.8xlarge,us-east-1,1.536,0.6144,0.948288,,2026-07-20,derived: on-demand less 60 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7a.large,us-east-1,0.11592,0.034776,0.071575,,2026-07-20,derived: on-demand less 70 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7a.xlarge,us-east-1,0.23184,0.088099,0.143151,,2026-07-20,derived: on-demand less 62 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7a.2xlarge,us-east-1,0.46368,0.208656,0.286301,,2026-07-20,derived: on-demand less 55 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7a.4xlarge,us-east-1,0.92736,0.370944,0.572603,,2026-07-20,derived: on-demand less 60 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7a.8xlarge,us-east-1,1.85472,0.686246,1.145091,,2026-07-20,derived: on-demand less 63 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7g.large,us-east-1,0.0816,0.029376,0.050342,,2026-07-20,derived: on-demand less 64 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7g.large,eu-west-1,0.091,0.04277,,,2026-10-08,derived: on-demand less 53 %,,public-code-aws-eu+spotinfo
  aws/m7g.xlarge,us-east-1,0.1632,0.062016,0.100799,,2026-07-20,derived: on-demand less 62 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7g.xlarge,eu-west-1,0.1819,0.085493,,,2026-10-08,derived: on-demand less 53 %,,public-code-aws-eu+spotinfo
  aws/m7g.2xlarge,us-east-1,0.3264,0.117504,0.201484,,2026-07-20,derived: on-demand less 64 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7g.2xlarge,eu-west-1,0.3638,0.16371,,,2026-10-08,derived: on-demand less 55 %,,public-code-aws-eu+spotinfo
  aws/m7g.4xlarge,us-east-1,0.6528,0.248064,0.403082,,2026-07-20,derived: on-demand less 62 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7g.4xlarge,eu-west-1,0.7276,0.334696,,,2026-10-08,derived: on-demand less 54 %,,public-code-aws-eu+spotinfo
  aws/m7g.8xlarge,us-east-1,1.3056,0.470016,0.80605,,2026-07-20,derived: on-demand less 64 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7i.large,us-east-1,0.1008,0.032256,0.062215,,2026-07-20,derived: on-demand less 68 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7i.large,eu-west-1,0.11235,0.051681,,,2026-10-08,derived: on-demand less 54 %,,public-code-aws-eu+spotinfo
  aws/m7i.xlarge,us-east-1,0.2016,0.094752,0.124429,,2026-07-20,derived: on-demand less 53 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7i.xlarge,eu-west-1,0.2247,0.105609,,,2026-10-08,derived: on-demand less 53 %,,public-code-aws-eu+spotinfo
  aws/m7i.2xlarge,us-east-1,0.4032,0.153216,0.248973,,2026-07-20,derived: on-demand less 62 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7i.2xlarge,eu-west-1,0.4494,0.20223,,,2026-10-08,derived: on-demand less 55 %,,public-code-aws-eu+spotinfo
  aws/m7i.4xlarge,us-east-1,0.8064,0.387072,0.497831,,2026-07-20,derived: on-demand less 52 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/m7i.4xlarge,eu-west-1,0.8988,0.485352,,,2026-10-08,derived: on-demand less 46 %,,public-code-aws-eu+spotinfo
  aws/m7i.8xlarge,us-east-1,1.6128,0.758016,0.995776,,2026-07-20,derived: on-demand less 53 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/r7g.large,us-east-1,0.1071,0.034272,0.066096,,2026-07-20,derived: on-demand less 68 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/r7g.large,eu-west-1,0.1199,0.053955,,,2026-10-08,derived: on-demand less 55 %,,public-code-aws-eu+spotinfo
  aws/r7g.xlarge,us-east-1,0.2142,0.062118,0.132192,,2026-07-20,derived: on-demand less 71 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/r7g.xlarge,eu-west-1,0.2397,0.110262,,,2026-10-08,derived: on-demand less 54 %,,public-code-aws-eu+spotinfo
  aws/r7g.2xlarge,us-east-1,0.4284,0.141372,0.264498,,2026-07-20,derived: on-demand less 67 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/r7g.2xlarge,eu-west-1,0.4794,0.210936,,,2026-10-08,derived: on-demand less 56 %,,public-code-aws-eu+spotinfo
  aws/r7g.4xlarge,us-east-1,0.8568,0.282744,0.528995,,2026-07-20,derived: on-demand less 67 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/r7g.4xlarge,eu-west-1,0.9588,0.43146,,,2026-10-08,derived: on-demand less 55 %,,public-code-aws-eu+spotinfo
  aws/r7g.8xlarge,us-east-1,1.7136,0.565488,1.057991,,2026-07-20,derived: on-demand less 67 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/r7i.large,us-east-1,0.1323,0.046305,,,2026-07-20,derived: on-demand less 65 %,,karpenter-aws+spotinfo
  aws/r7i.xlarge,us-east-1,0.2646,0.10584,,,2026-07-20,derived: on-demand less 60 %,,karpenter-aws+spotinfo
  aws/r7i.2xlarge,us-east-1,0.5292,0.216972,,,2026-07-20,derived: on-demand less 59 %,,karpenter-aws+spotinfo
  aws/r7i.4xlarge,us-east-1,1.0584,0.359856,,,2026-07-20,derived: on-demand less 66 %,,karpenter-aws+spotinfo
  aws/r7i.8xlarge,us-east-1,2.1168,0.444528,,,2026-07-20,derived: on-demand less 79 %,,karpenter-aws+spotinfo
  aws/t3.large,us-east-1,0.0832,0.031616,0.04863,,2026-07-20,derived: on-demand less 62 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/t3.large,eu-west-1,0.0912,0.040128,,,,derived: on-demand less 56 %,,public-code-aws-eu-undated+spotinfo
  aws/t3.xlarge,us-east-1,0.1664,0.06656,0.097374,,2026-07-20,derived: on-demand less 60 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/t3.xlarge,eu-west-1,0.1824,0.08208,,,,derived: on-demand less 55 %,,public-code-aws-eu-undated+spotinfo
  aws/t3.2xlarge,us-east-1,0.3328,0.11648,0.194749,,2026-07-20,derived: on-demand less 65 %,standard reservation all upfront,karpenter-aws+spotinfo+ec2instances
  aws/t3.2xlarge,eu-west-1,0.3648,0.160512,,,,derived: on-demand less 56 %,,public-code-aws-eu-undated+spotinfo
  gcp/a2-highgpu-1g,us-central1,3.6734,1.928,2.3142,1.2857,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-1g,us-west1,3.6734,1.928,2.3142,1.2857,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-1g,europe-west4,3.748,1.6928,2.3612,1.3118,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-1g,asia-southeast1,4.0138,2.4083,2.507,1.4104,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-2g,us-central1,7.3468,3.856,4.6284,2.5714,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-2g,us-west1,7.3468,3.856,4.6284,2.5714,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-2g,europe-west4,7.4959,3.3857,4.7224,2.6236,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-2g,asia-southeast1,8.0275,4.8165,5.0141,2.8207,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-4g,us-central1,14.6935,7.7121,9.2568,5.1428,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-4g,us-west1,14.6935,7.7121,9.2568,5.1428,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-4g,europe-west4,14.9919,6.7713,9.4448,5.2473,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-4g,asia-southeast1,16.055,9.633,10.0281,5.6414,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-8g,us-central1,29.3871,15.4242,18.5137,10.2857,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-8g,us-west1,29.3871,15.4242,18.5137,10.2857,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-8g,europe-west4,29.9838,13.5427,18.8896,10.4945,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-highgpu-8g,asia-southeast1,32.1101,19.2661,20.0563,11.2828,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-megagpu-16g,us-central1,55.7395,29.2557,35.1155,19.5092,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-megagpu-16g,europe-west4,56.6266,25.5762,35.6743,19.8197,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-megagpu-16g,asia-southeast1,60.4762,36.2858,37.7538,21.2553,2026-07-30,quoted,committed use,cyclenerd
  gcp/a2-ultragpu-1g,us-central1,5.0688,2.7595,,,2026-07-30,quoted,,cyclenerd
  gcp/a2-ultragpu-1g,us-east4,5.7077,2.3673,,,2026-07-30,quoted,,cyclenerd
  gcp/a2-ultragpu-1g,europe-west4,5.5809,2.9452,,,2026-07-30,quoted,,cyclenerd
  gcp/a2-ultragpu-1g,asia-southeast1,6.2477,3.2487,,,2026-07-30,quoted,,cyclenerd
  gcp/a2-ultragpu-8g,us-central1,40.5504,22.0764,,,2026-07-30,quoted,,cyclenerd
  gcp/a2-ultragpu-8g,us-east4,45.6619,18.938,,,2026-07-30,quoted,,cyclenerd
  gcp/a2-ultragpu-8g,europe-west4,44.6473,23.5617,,,2026-07-30,quoted,,cyclenerd
  gcp/a2-ultragpu-8g,asia-southeast1,49.9815,25.9898,,,2026-07-30,quoted,,cyclenerd
  gcp/a3-highgpu-1g,us-central1,11.0612,6.3262,7.673,4.858,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-1g,us-east4,11.0695,4.5401,7.6781,4.8617,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-1g,us-west1,11.0612,6.3262,7.673,4.858,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-1g,europe-west1,12.1712,4.7583,8.4435,5.3455,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-1g,europe-west4,14.0676,5.5148,9.7589,6.1778,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-1g,asia-southeast1,14.2848,6.4023,9.91,6.2735,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-2g,us-central1,22.1225,12.6524,15.3459,9.7161,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-2g,us-east4,22.1389,9.0802,15.3563,9.7235,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-2g,us-west1,22.1225,12.6524,15.3459,9.7161,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-2g,europe-west1,24.3425,9.5165,16.8869,10.6909,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-2g,europe-west4,28.1351,11.0297,19.5178,12.3555,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-2g,asia-southeast1,28.5696,12.8047,19.8199,12.547,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-4g,us-central1,44.245,25.3048,30.6918,19.4322,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-4g,us-east4,44.2779,18.1604,30.7126,19.447,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-4g,us-west1,44.245,25.3048,30.6918,19.4322,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-4g,europe-west1,48.6849,19.0331,33.7738,21.3818,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-4g,europe-west4,56.2702,22.0594,39.0356,24.7111,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-4g,asia-southeast1,57.1391,25.6093,39.6399,25.094,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-8g,us-central1,88.49,50.6095,61.3837,38.8644,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-8g,us-east4,88.5558,36.3208,61.4251,38.894,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-8g,us-west1,88.49,50.6095,61.3837,38.8644,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-8g,europe-west1,97.3698,38.0662,67.5477,42.7637,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-8g,europe-west4,112.5405,44.1188,78.0712,49.4222,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-highgpu-8g,asia-southeast1,114.2783,51.2187,79.2797,50.1881,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-megagpu-8g,us-east4,92.9376,23.2752,63.9434,40.4867,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-megagpu-8g,europe-west1,102.1946,40.1046,70.3206,44.5174,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-megagpu-8g,europe-west4,118.2368,46.2436,81.3449,51.4927,2026-07-30,quoted,committed use,cyclenerd
  gcp/a3-megagpu-8g,asia-southeast1,119.9746,53.6715,82.5535,52.2586,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-4,us-central1,0.7068,0.3973,0.4453,0.3181,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-4,us-east4,0.7045,0.3106,0.4438,0.317,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-4,us-west1,0.7068,0.3973,0.4453,0.3181,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-4,europe-west1,0.7783,0.3575,0.4903,0.3502,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-4,europe-west4,0.7429,0.3899,0.468,0.3343,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-4,asia-southeast1,0.872,0.5233,0.5494,0.3924,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-8,us-central1,0.8536,0.4799,0.5378,0.3841,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-8,us-east4,0.8508,0.3751,0.536,0.3829,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-8,us-west1,0.8536,0.4799,0.5378,0.3841,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-8,europe-west1,0.9399,0.4317,0.5922,0.423,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-8,europe-west4,0.8972,0.4708,0.5652,0.4037,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-8,asia-southeast1,1.0531,0.6319,0.6635,0.4739,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-48,us-central1,4.0017,2.2496,2.521,1.8007,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-48,us-east4,3.9886,1.7584,2.5128,1.7949,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-48,us-west1,4.0017,2.2496,2.521,1.8007,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-48,europe-west1,4.4062,2.0239,2.7759,1.9828,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-48,europe-west4,4.206,2.2071,2.6497,1.8927,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-48,asia-southeast1,4.9369,2.9625,3.1102,2.2216,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-96,us-central1,8.0033,4.4993,5.0421,3.6015,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-96,us-east4,7.9771,3.5167,5.0256,3.5897,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-96,us-west1,8.0033,4.4993,5.0421,3.6015,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-96,europe-west1,8.8125,4.0477,5.5519,3.9656,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-96,europe-west4,8.4119,4.4142,5.2995,3.7854,2026-07-30,quoted,committed use,cyclenerd
  gcp/g2-standard-96,asia-southeast1,9.8737,5.9249,6.2204,4.4432,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-48,us-central1,4.4999,1.7998,3.105,1.9794,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-48,us-east4,4.4999,1.7998,3.105,1.9794,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-48,us-west1,4.4999,1.7998,3.105,1.9794,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-48,europe-west1,4.9499,1.98,3.4155,2.1774,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-48,europe-west4,4.9499,1.98,3.4155,2.1774,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-48,asia-southeast1,5.3999,2.1602,3.726,2.3753,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-384,us-central1,35.9994,14.3986,24.84,15.8356,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-384,us-east4,35.9994,14.3986,24.84,15.8356,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-384,us-west1,35.9994,14.3986,24.84,15.8356,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-384,europe-west1,39.5994,15.84,27.324,17.4192,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-384,europe-west4,39.5994,15.84,27.324,17.4192,2026-07-30,quoted,committed use,cyclenerd
  gcp/g4-standard-384,asia-southeast1,43.1993,17.2814,29.808,19.0027,2026-07-30,quoted,committed use,cyclenerd
  gcp/c3-standard-4,us-central1,0.201608,0.0494,0.127016,0.090724,2026-07-30,quoted,committed use,cyclenerd
  gcp/c3-standard-4,europe-west1,0.221991,0.084776,0.139857,0.099896,2026-07-30,quoted,committed use,cyclenerd
  gcp/c3-standard-8,us-central1,0.403216,0.0988,0.254032,0.181448,2026-07-30,quoted,committed use,cyclenerd
  gcp/c3-standard-8,europe-west1,0.443981,0.169552,0.279715,0.199792,2026-07-30,quoted,committed use,cyclenerd
  gcp/c3-standard-22,us-central1,1.108844,0.2717,0.698588,0.498982,2026-07-30,quoted,committed use,cyclenerd
  gcp/c3-standard-22,europe-west1,1.220948,0.466268,0.769215,0.549429,2026-07-30,quoted,committed use,cyclenerd
  gcp/c3-standard-44,us-central1,2.217688,0.5434,1.397176,0.997964,2026-07-30,quoted,committed use,cyclenerd
  gcp/c3-standard-44,europe-west1,2.441896,0.932536,1.538431,1.098858,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4-standard-2,us-central1,0.096866,0.058121,0.061027,0.04359,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4-standard-2,europe-west1,0.106659,0.058479,0.067197,0.047997,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4-standard-4,us-central1,0.19767,0.118605,0.124535,0.088952,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4-standard-4,europe-west1,0.217654,0.119335,0.137125,0.097945,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4-standard-8,us-central1,0.39534,0.23721,0.24907,0.177904,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4-standard-8,europe-west1,0.435309,0.23867,0.274251,0.19589,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4-standard-16,us-central1,0.79068,0.47442,0.49814,0.355808,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4-standard-16,europe-west1,0.870618,0.47734,0.548502,0.39178,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4-standard-32,us-central1,1.58136,0.94884,0.99628,0.711616,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4-standard-32,europe-west1,1.741236,0.95468,1.097004,0.78356,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4a-standard-2,us-central1,0.0898,0.038816,0.05922,0.04042,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4a-standard-2,europe-west1,0.098879,0.035504,0.065207,0.044506,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4a-standard-4,us-central1,0.1796,0.077632,0.11844,0.08084,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4a-standard-4,europe-west1,0.197758,0.071008,0.130414,0.089013,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4a-standard-8,us-central1,0.3592,0.155264,0.23688,0.16168,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4a-standard-8,europe-west1,0.395515,0.142016,0.260829,0.178026,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4a-standard-16,us-central1,0.7184,0.310528,0.47376,0.32336,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4a-standard-16,europe-west1,0.79103,0.284032,0.521657,0.356052,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4a-standard-32,us-central1,1.4368,0.621056,0.94752,0.64672,2026-07-30,quoted,committed use,cyclenerd
  gcp/c4a-standard-32,europe-west1,1.58206,0.568064,1.043314,0.712104,2026-07-30,quoted,committed use,cyclenerd
  gcp/e2-standard-2,us-central1,0.067011,0.040212,0.042217,0.030155,2026-07-30,quoted,committed use,cyclenerd
  gcp/e2-standard-2,europe-west1,0.073715,0.035704,0.046441,0.033172,2026-07-30,quoted,committed use,cyclenerd
  gcp/e2-standard-4,us-central1,0.134023,0.080424,0.084434,0.06031,2026-07-30,quoted,committed use,cyclenerd
  gcp/e2-standard-4,europe-west1,0.147431,0.071408,0.092881,0.066344,2026-07-30,quoted,committed use,cyclenerd
  gcp/e2-standard-8,us-central1,0.268046,0.160848,0.168869,0.120621,2026-07-30,quoted,committed use,cyclenerd
  gcp/e2-standard-8,europe-west1,0.294862,0.142816,0.185763,0.132688,2026-07-30,quoted,committed use,cyclenerd
  gcp/e2-standard-16,us-central1,0.536091,0.321696,0.337737,0.241241,2026-07-30,quoted,committed use,cyclenerd
  gcp/e2-standard-16,europe-west1,0.589724,0.285632,0.371526,0.265376,2026-07-30,quoted,committed use,cyclenerd
  gcp/e2-standard-32,us-central1,1.072183,0.643392,0.675475,0.482482,2026-07-30,quoted,committed use,cyclenerd
  gcp/e2-standard-32,europe-west1,1.179447,0.571264,0.743052,0.530751,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-highmem-2,us-central1,0.131014,0.06214,0.082534,0.058962,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-highmem-2,europe-west1,0.144122,0.031628,0.09079,0.064848,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-highmem-4,us-central1,0.262028,0.12428,0.165068,0.117924,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-highmem-4,europe-west1,0.288244,0.063256,0.18158,0.129696,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-highmem-8,us-central1,0.524056,0.24856,0.330136,0.235848,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-highmem-8,europe-west1,0.576488,0.126512,0.36316,0.259392,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-highmem-16,us-central1,1.048112,0.49712,0.660272,0.471696,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-highmem-16,europe-west1,1.152976,0.253024,0.72632,0.518784,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-highmem-32,us-central1,2.096224,0.99424,1.320544,0.943392,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-highmem-32,europe-west1,2.305952,0.506048,1.45264,1.037568,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-standard-2,us-central1,0.097118,0.04606,0.061182,0.043706,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-standard-2,europe-west1,0.106834,0.023444,0.067302,0.048072,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-standard-4,us-central1,0.194236,0.09212,0.122364,0.087412,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-standard-4,europe-west1,0.213668,0.046888,0.134604,0.096144,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-standard-8,us-central1,0.388472,0.18424,0.244728,0.174824,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-standard-8,europe-west1,0.427336,0.093776,0.269208,0.192288,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-standard-16,us-central1,0.776944,0.36848,0.489456,0.349648,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-standard-16,europe-west1,0.854672,0.187552,0.538416,0.384576,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-standard-32,us-central1,1.553888,0.73696,0.978912,0.699296,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2-standard-32,europe-west1,1.709344,0.375104,1.076832,0.769152,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2d-standard-2,us-central1,0.084492,0.024456,0.053228,0.038024,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2d-standard-2,europe-west1,0.092946,0.04034,0.05855,0.04182,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2d-standard-4,us-central1,0.168984,0.048912,0.106456,0.076048,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2d-standard-4,europe-west1,0.185892,0.08068,0.1171,0.08364,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2d-standard-8,us-central1,0.337968,0.097824,0.212912,0.152096,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2d-standard-8,europe-west1,0.371784,0.16136,0.2342,0.16728,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2d-standard-16,us-central1,0.675936,0.195648,0.425824,0.304192,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2d-standard-16,europe-west1,0.743568,0.32272,0.4684,0.33456,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2d-standard-32,us-central1,1.351872,0.391296,0.851648,0.608384,2026-07-30,quoted,committed use,cyclenerd
  gcp/n2d-standard-32,europe-west1,1.487136,0.64544,0.9368,0.66912,2026-07-30,quoted,committed use,cyclenerd
  gcp/n4-standard-2,us-central1,0.0907,0.044784,0.05714,0.040816,2026-07-30,quoted,committed use,cyclenerd
  gcp/n4-standard-2,europe-west1,0.09987,0.014712,0.062917,0.044942,2026-07-30,quoted,committed use,cyclenerd
  gcp/n4-standard-4,us-central1,0.1814,0.089568,0.11428,0.081632,2026-07-30,quoted,committed use,cyclenerd
  gcp/n4-standard-4,europe-west1,0.19974,0.029424,0.125834,0.089885,2026-07-30,quoted,committed use,cyclenerd
  gcp/n4-standard-8,us-central1,0.3628,0.179136,0.22856,0.163264,2026-07-30,quoted,committed use,cyclenerd
  gcp/n4-standard-8,europe-west1,0.399479,0.058848,0.251667,0.17977,2026-07-30,quoted,committed use,cyclenerd
  gcp/n4-standard-16,us-central1,0.7256,0.358272,0.45712,0.326528,2026-07-30,quoted,committed use,cyclenerd
  gcp/n4-standard-16,europe-west1,0.798958,0.117696,0.503335,0.35954,2026-07-30,quoted,committed use,cyclenerd
  gcp/n4-standard-32,us-central1,1.4512,0.716544,0.91424,0.653056,2026-07-30,quoted,committed use,cyclenerd
  gcp/n4-standard-32,europe-west1,1.597916,0.235392,1.00667,0.71908,2026-07-30,quoted,committed use,cyclenerd
  gcp/t2d-standard-2,us-central1,0.084492,0.03152,0.053228,0.038024,2026-07-30,quoted,committed use,cyclenerd
  gcp/t2d-standard-2,europe-west1,0.092946,0.027804,0.05855,0.04182,2026-07-30,quoted,committed use,cyclenerd
  gcp/t2d-standard-4,us-central1,0.168984,0.06304,0.106456,0.076048,2026-07-30,quoted,committed use,cyclenerd
  gcp/t2d-standard-4,europe-west1,0.185892,0.055608,0.1171,0.08364,2026-07-30,quoted,committed use,cyclenerd
  gcp/t2d-standard-8,us-central1,0.337968,0.12608,0.212912,0.152096,2026-07-30,quoted,committed use,cyclenerd
  gcp/t2d-standard-8,europe-west1,0.371784,0.111216,0.2342,0.16728,2026-07-30,quoted,committed use,cyclenerd
  gcp/t2d-standard-16,us-central1,0.675936,0.25216,0.425824,0.304192,2026-07-30,quoted,committed use,cyclenerd
  gcp/t2d-standard-16,europe-west1,0.743568,0.222432,0.4684,0.33456,2026-07-30,quoted,committed use,cyclenerd
  gcp/t2d-standard-32,us-central1,1.351872,0.50432,0.851648,0.608384,2026-07-30,quoted,committed use,cyclenerd
  gcp/t2d-standard-32,europe-west1,1.487136,0.444864,0.9368,0.66912,2026-07-30,quoted,committed use,cyclenerd
  azure/Standard_NC80adis_H100_v5,eastus,13.96,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC80adis_H100_v5,westus2,13.96,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC80adis_H100_v5,westeurope,18.16,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC80adis_H100_v5,uksouth,17.45,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC80adis_H100_v5,southeastasia,18.148,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC24ads_A100_v4,eastus,3.673,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC24ads_A100_v4,westus2,3.673,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC24ads_A100_v4,westeurope,4.775,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC24ads_A100_v4,uksouth,4.591,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC24ads_A100_v4,southeastasia,4.775,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC48ads_A100_v4,eastus,7.346,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC48ads_A100_v4,westus2,7.346,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC48ads_A100_v4,westeurope,9.55,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC48ads_A100_v4,uksouth,9.183,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC48ads_A100_v4,southeastasia,9.55,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC96ads_A100_v4,eastus,14.692,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC96ads_A100_v4,westus2,14.692,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC96ads_A100_v4,westeurope,19.1,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC96ads_A100_v4,uksouth,18.365,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC96ads_A100_v4,southeastasia,19.1,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC40ads_H100_v5,eastus,6.98,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC40ads_H100_v5,westus2,6.98,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC40ads_H100_v5,westeurope,9.08,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC40ads_H100_v5,uksouth,8.725,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC40ads_H100_v5,southeastasia,9.074,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC4as_T4_v3,eastus,0.526,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC4as_T4_v3,westus2,0.526,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC4as_T4_v3,westeurope,0.658,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC4as_T4_v3,uksouth,0.615,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC4as_T4_v3,southeastasia,0.736,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC8as_T4_v3,eastus,0.752,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC8as_T4_v3,westus2,0.752,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC8as_T4_v3,westeurope,0.94,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC8as_T4_v3,uksouth,0.88,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC8as_T4_v3,southeastasia,1.052,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC64as_T4_v3,eastus,4.352,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC64as_T4_v3,westus2,4.352,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC64as_T4_v3,westeurope,5.44,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC64as_T4_v3,uksouth,5.092,,,,2026-06-18,,,karpenter-azure
  azure/Standard_NC64as_T4_v3,southeastasia,6.089,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96amsr_A100_v4,eastus,32.77,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96amsr_A100_v4,westus2,32.77,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96amsr_A100_v4,westeurope,40.962,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96amsr_A100_v4,uksouth,40.962,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96asr_v4,eastus,27.197,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96asr_v4,westus2,27.197,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96asr_v4,westeurope,35.357,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96isr_H100_v5,eastus,98.32,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96isr_H100_v5,westus2,98.32,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96isr_H100_v5,westeurope,127.816,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96isr_H100_v5,uksouth,122.9,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96isr_H200_v5,westus2,84.8,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96isr_H200_v5,uksouth,106,,,,2026-06-18,,,karpenter-azure
  azure/Standard_ND96isr_H200_v5,southeastasia,110.24,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D2as_v5,westeurope,0.104,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D4as_v5,eastus,0.172,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D4as_v5,westeurope,0.208,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D8as_v5,eastus,0.344,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D8as_v5,westeurope,0.416,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D16as_v5,eastus,0.688,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D32as_v5,eastus,1.376,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D32as_v5,westeurope,1.664,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D2ds_v5,eastus,0.113,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D2ds_v5,westeurope,0.136,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D4ds_v5,eastus,0.226,,0.133333,0.085883,2026-06-18,,reservation,karpenter-azure+retail-records
  azure/Standard_D4ds_v5,westeurope,0.272,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D8ds_v5,eastus,0.452,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D8ds_v5,westeurope,0.544,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D16ds_v5,eastus,0.904,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D16ds_v5,westeurope,1.088,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D32ds_v5,eastus,1.808,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D32ds_v5,westeurope,2.176,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D2s_v5,eastus,0.096,0.020266,,,2026-06-18,quoted 2026-09-06,,karpenter-azure+cloudprice
  azure/Standard_D2s_v5,westeurope,0.115,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D4s_v5,eastus,0.192,0.040531,,,2026-06-18,quoted 2026-09-06,,karpenter-azure+cloudprice
  azure/Standard_D4s_v5,westeurope,0.23,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D8s_v5,eastus,0.384,0.081062,,,2026-06-18,quoted 2026-09-06,,karpenter-azure+cloudprice
  azure/Standard_D8s_v5,westeurope,0.46,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D16s_v5,eastus,0.768,0.162125,,,2026-06-18,quoted 2026-09-06,,karpenter-azure+cloudprice
  azure/Standard_D16s_v5,westeurope,0.92,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D32s_v5,eastus,1.536,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D32s_v5,westeurope,1.84,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D2s_v6,eastus,0.101,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D2s_v6,westeurope,0.121,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D4s_v6,eastus,0.202,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D4s_v6,westeurope,0.242,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D8s_v6,eastus,0.403,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D8s_v6,westeurope,0.483,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D16s_v6,eastus,0.806,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D16s_v6,westeurope,0.966,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D32s_v6,eastus,1.613,,,,2026-06-18,,,karpenter-azure
  azure/Standard_D32s_v6,westeurope,1.932,,,,2026-06-18,,,karpenter-azure
  azure/Standard_E2s_v5,eastus,0.126,0.026536,,,2026-06-18,quoted 2026-09-06,,karpenter-azure+cloudprice
  azure/Standard_E2s_v5,westeurope,0.152,,,,2026-06-18,,,karpenter-azure
  azure/Standard_E4s_v5,eastus,0.252,0.053071,,,2026-06-18,quoted 2026-09-06,,karpenter-azure+cloudprice
  azure/Standard_E4s_v5,westeurope,0.304,,,,2026-06-18,,,karpenter-azure
  azure/Standard_E8s_v5,eastus,0.504,0.106142,,,2026-06-18,quoted 2026-09-06,,karpenter-azure+cloudprice
  azure/Standard_E8s_v5,westeurope,0.608,,,,2026-06-18,,,karpenter-azure
  azure/Standard_E16s_v5,eastus,1.008,,,,2026-06-18,,,karpenter-azure
  azure/Standard_E16s_v5,westeurope,1.216,,,,2026-06-18,,,karpenter-azure
  azure/Standard_E32s_v5,eastus,2.016,,,,2026-06-18,,,karpenter-azure
  azure/Standard_E32s_v5,westeurope,2.432,,,,2026-06-18,,,karpenter-azure
  azure/Standard_F2s_v2,eastus,0.0846,0.018612,,,2026-06-18,quoted 2026-09-06,,karpenter-azure+cloudprice
  azure/Standard_F2s_v2,westeurope,0.097,,,,2026-06-18,,,karpenter-azure
  azure/Standard_F4s_v2,eastus,0.169,0.03718,,,2026-06-18,quoted 2026-09-06,,karpenter-azure+cloudprice
  azure/Standard_F4s_v2,westeurope,0.194,,,,2026-06-18,,,karpenter-azure
  azure/Standard_F8s_v2,eastus,0.338,0.07436,,,2026-06-18,quoted 2026-09-06,,karpenter-azure+cloudprice
  azure/Standard_F8s_v2,westeurope,0.388,,,,2026-06-18,,,karpenter-azure
  azure/Standard_F16s_v2,eastus,0.677,,,,2026-06-18,,,karpenter-azure
  azure/Standard_F16s_v2,westeurope,0.776,,,,2026-06-18,,,karpenter-azure
  azure/Standard_F32s_v2,eastus,1.353,,,,2026-06-18,,,karpenter-azure
  azure/Standard_F32s_v2,westeurope,1.552,,,,2026-06-18,,,karpenter-azure
  lambda/gpu_1x_b200_sxm6,us-east-1,6.99,,,,,,,skypilot-v8
  lambda/gpu_2x_b200_sxm6,us-east-1,13.78,,,,,,,skypilot-v8
  lambda/gpu_8x_b200_sxm6,us-east-1,53.52,,,,,,,skypilot-v8
  lambda/gpu_8x_h100_sxm5,us-east-1,31.92,,,,,,,skypilot-v8
  nebius/gpu-b200-sxm_8gpu-160vcpu-1792gb,us-central1,44,,,,,,,skypilot-v8
  nebius/gpu-h100-sxm_1gpu-16vcpu-200gb,eu-north1,2.95,1.25,,,,quoted,,skypilot-v8
  nebius/gpu-h100-sxm_8gpu-128vcpu-1600gb,eu-north1,23.6,10,,,,quoted,,skypilot-v8
  nebius/gpu-h200-sxm_1gpu-16vcpu-200gb,eu-north1,3.5,1.45,,,,quoted,,skypilot-v8
  nebius/gpu-h200-sxm_8gpu-128vcpu-1600gb,eu-north1,28,11.6,,,,quoted,,skypilot-v8
  nebius/gpu-l40s-a_1gpu-8vcpu-32gb,eu-north1,1.5484,,,,,,,skypilot-v8
  nebius/gpu-l40s-d_4gpu-128vcpu-768gb,eu-north1,9.1376,,,,,,,skypilot-v8
  runpod/1x_A100-80GB_SECURE,US,1.39,,,,,,,skypilot-v8
  runpod/1x_RTX4090_SECURE,US,,,,,,,,shape-only
  """#
