# clv.R FOLDER: fit and scoring times of the same histories in R, for test/bench/clv:
# optim (BFGS) on the likelihood of BG/NBD and on that of gamma-gamma, vectorised, each
# distinct history once; and the scoring formula with 2F1 as its series, as vectors.
# For each FOLDER/N.csv of frequency, recency, age, monetary prints N, seconds of the
# fit, its log-likelihoods, seconds of scoring and the sum of expected purchases.
finite <- function(v) if (is.finite(v)) v else 1e12
for (file in list.files(commandArgs(TRUE), "[.]csv$", full.names = TRUE)) {
	d <- as.data.frame(scan(file, list(x = 0, tx = 0, age = 0, z = 0), sep = ",", quiet = TRUE))
	start <- proc.time()[["elapsed"]]
	u <- aggregate(list(n = rep(1, nrow(d))), d[c("x", "tx", "age")], sum)
	bgnbd <- function(o) {
		r <- exp(o[1]); alpha <- exp(o[2]); a <- exp(o[3]); b <- exp(o[4])
		A <- -(r + u$x) * log(alpha + u$age)
		B <- ifelse(u$x > 0, log(a) - log(b + pmax(u$x, 1) - 1) - (r + u$x) * log(alpha + u$tx), -Inf)
		m <- pmax(A, B)
		finite(-sum(u$n * (lgamma(r + u$x) - lgamma(r) + r * log(alpha) + lgamma(a + b) + lgamma(b + u$x) - lgamma(b) -
			lgamma(a + b + u$x) + m + log(exp(A - m) + exp(B - m)))))
	}
	k <- d[d$x > 0 & d$z > 0, ]
	gg <- function(o) {
		p <- exp(o[1]); q <- exp(o[2]); v <- exp(o[3])
		finite(-sum(lgamma(p * k$x + q) - lgamma(p * k$x) - lgamma(q) + q * log(v) + (p * k$x - 1) * log(k$z) +
			p * k$x * log(k$x) - (p * k$x + q) * log(v + k$x * k$z)))
	}
	one <- optim(c(0, 1, 0, 1), bgnbd, method = "BFGS", control = list(fnscale = nrow(d), reltol = 1e-12, maxit = 500))
	two <- optim(c(1, 1, 2), gg, method = "BFGS", control = list(fnscale = nrow(k), reltol = 1e-12, maxit = 500))
	fitted <- proc.time()[["elapsed"]] - start

	r <- exp(one$par[1]); alpha <- exp(one$par[2]); a <- exp(one$par[3]); b <- exp(one$par[4])
	start <- proc.time()[["elapsed"]]
	z <- 39 / (alpha + d$age + 39)
	term <- sum <- rep(1, nrow(d))
	for (j in 0:999) {
		term <- term * (r + d$x + j) * (b + d$x + j) / (a + b + d$x - 1 + j) / (j + 1) * z
		sum <- sum + term
		if (max(term / sum) < 1e-15) break
	}
	alive <- ifelse(d$x > 0, 1 / (1 + a / (b + pmax(d$x, 1) - 1) * ((alpha + d$age) / (alpha + d$tx))^(r + d$x)), 1)
	expected <- sum(alive * (a + b + d$x - 1) / (a - 1) *
		(1 - ((alpha + d$age) / (alpha + d$age + 39))^(r + d$x) * sum))
	scored <- proc.time()[["elapsed"]] - start
	cat(nrow(d), fitted, -one$value, -two$value, scored, expected, "\n")
}
