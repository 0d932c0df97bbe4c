package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.GatedFunction;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.LossFunction;
import io.github.axoncl.Parameter;
import io.github.axoncl.PenaltyFunction;
import io.github.axoncl.RecurrentCell;
import io.github.axoncl.RowFunction;
import io.github.axoncl.StochasticFunction;
import io.github.axoncl.bench.shared.UsageException;
import java.io.IOException;

/** Which family a function on files belongs to: by its type, and for element-wise functions by what else is given as a file. */
final class FileOperations {
    private FileOperations() {
    }

    static FileOperation of(KernelFunction function, ApplyRequest request) throws IOException {
        if (function instanceof ActivationFunction f) {
            for (Parameter parameter : f.definition().parameters()) {
                if (request.isFile(parameter.name())) {
                    return LearnedFiles.of(f, parameter.name(), request);
                }
            }
            StochasticFunction dropped = request.withDropout(f);
            if (request.isFile(BiasedFiles.BIAS)) {
                return dropped == null ? BiasedFiles.of(f.withBias(), request) : BiasedFiles.of(dropped.withBias(), request);
            }
            return dropped == null ? ElementwiseFiles.of(f, request) : StochasticFiles.of(dropped, request);
        } else if (function instanceof RowFunction f) {
            return RowFiles.of(f, request);
        } else if (function instanceof GatedFunction f) {
            return GatedFiles.of(f, request);
        } else if (function instanceof StochasticFunction f) {
            return StochasticFiles.of(f, request);
        } else if (function instanceof LossFunction f) {
            return LossFiles.of(f, request);
        } else if (function instanceof PenaltyFunction f) {
            return PenaltyFiles.of(f, request);
        } else if (function == RecurrentCell.LSTM) {
            return RecurrentFiles.lstm(request);
        } else if (function == RecurrentCell.GRU) {
            return RecurrentFiles.gru(request);
        }
        throw new UsageException(function.id() + " cannot be applied to files");
    }
}
