import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.ModelSupport;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.KvBufferCache;
import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import com.github.tjake.jlama.util.PhysicalCoreExecutor;
import java.io.File;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One round of the comparison for Jlama, as its own generate() works: a prompt of 512 tokens, and 128 tokens decoded
 * greedily behind the first, in tokens per second. Prints one line of JSON.
 *
 * <pre>JlamaRound MODEL_FOLDER WORKING_TYPE QUANTISED_TYPE MODEL_TYPE|- THREADS SAMPLES</pre>
 */
public final class JlamaRound {
  private static final int DECODED = 128;
  private static final int PROMPT = 512;

  private final AbstractModel model;
  private final int[] prompt;

  private JlamaRound(AbstractModel model) {
    this.model = model;
    this.prompt = new SplittableRandom(1).ints(PROMPT, 0, model.getConfig().vocabularySize).toArray();
  }

  public static void main(String[] args) {
    PhysicalCoreExecutor.overrideThreadCount(Integer.parseInt(args[4]));
    Optional<DType> stored = args[3].equals("-") ? Optional.empty() : Optional.of(DType.valueOf(args[3]));
    JlamaRound round = new JlamaRound(ModelSupport.loadModel(new File(args[0]), null, DType.valueOf(args[1]),
        DType.valueOf(args[2]), stored, Optional.empty()));
    round.prefill();
    round.decode();
    int samples = Integer.parseInt(args[5]);
    double[] decode = new double[samples];
    double[] prefill = new double[samples];
    for (int i = 0; i < samples; i++) {
      decode[i] = round.decode();
      prefill[i] = round.prefill();
    }
    System.out.println("{\"decode\": " + Arrays.toString(decode) + ", \"prefill\": " + Arrays.toString(prefill)
        + ", \"kernels\": \"" + TensorOperationsProvider.get().name() + "\"}");
    System.exit(0); // its threads are no daemons
  }

  private double prefill() {
    try (KvBufferCache cache = new KvBufferCache(model); KvBufferCache.KvBuffer texts = cache.getEphemeralKvBuffer();
        AbstractTensor logits = model.makeDenseTensor(model.getConfig().vocabularySize)) {
      long start = System.nanoTime();
      sample(model.batchForward(prompt, 0, texts), logits);
      return PROMPT / ((System.nanoTime() - start) / 1e9);
    }
  }

  private double decode() {
    try (KvBufferCache cache = new KvBufferCache(model); KvBufferCache.KvBuffer texts = cache.getEphemeralKvBuffer();
        AbstractTensor logits = model.makeDenseTensor(model.getConfig().vocabularySize)) {
      int next = sample(model.batchForward(Arrays.copyOf(prompt, 1), 0, texts), logits);
      long start = System.nanoTime();
      for (int i = 1; i <= DECODED; i++) {
        next = sample(model.forward(next, i, texts, Optional.empty()), logits);
        texts.incrementContextPosition();
      }
      return DECODED / ((System.nanoTime() - start) / 1e9);
    }
  }

  /** The most probable token behind the last of these hidden states. */
  private int sample(AbstractTensor hidden, AbstractTensor logits) {
    int token = model.sample(hidden.slice(hidden.shape().first() - 1), 0, 0, logits);
    hidden.close();
    return token;
  }
}
