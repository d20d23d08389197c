// The table of vectorised loops for one instruction set: compiled once for each (kernels.cmake), under the name
// NOTEBOOSTER_LOOPS.
#include "loops.h"

#include "adamw.h"
#include "adamw_8bit.h"
#include "decode_attention.h"
#include "dropout.h"
#include "gated.h"
#include "nf4.h"
#include "norm.h"
#include "rope.h"
#include "softmax.h"

namespace notebooster::kernels::cpu {

const Loops NOTEBOOSTER_LOOPS = {
    norm_forward,  norm_backward, add_partials, gated_forward,    gated_backward, bias_activation, bias_dropout_add, rope, softmax,
    cross_entropy, scale,         decode_attention, dequantize_nf4, adamw,          adamw_8bit,       round_at_random,
    sum_of_squares,
};

}  // namespace notebooster::kernels::cpu
