package dev.sextant.benchmarks;

/** How a cost grows: the exponent b of cost = a · size^b, by least squares over the logarithms. */
final class PowerLaw {
  private PowerLaw() {}

  static double exponent(double[] sizes, double[] costs) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < sizes.length; i++) {
      meanX += Math.log(sizes[i]) / sizes.length;
      meanY += Math.log(costs[i]) / sizes.length;
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < sizes.length; i++) {
      double x = Math.log(sizes[i]) - meanX;
      covariance += x * (Math.log(costs[i]) - meanY);
      variance += x * x;
    }
    return covariance / variance;
  }
}
