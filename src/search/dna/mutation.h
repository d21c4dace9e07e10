#pragma once

#include "search/dna/locus.h"

namespace comity::search::dna {

/// How often an allele is handed on as another one, locus by locus: data/dna/mutation.tsv.
class MutationRates {
public:
    struct Rate {
        double of_fathers, of_mothers; ///< Share of meioses.
    };
    /// Errors: malformed, naming file and line: an unknown locus, one that stands there twice, more
    /// mutations than meioses.
    static Result<MutationRates> read(std::string_view tsv, LocusTable const& table);
    /// Empty where nobody counted.
    std::optional<Rate> at(LocusNumber locus) const { return rates_[locus]; }

private:
    std::array<std::optional<Rate>, loci_max> rates_ {};
};

} // namespace comity::search::dna
