#include "search/dna/mutation.h"

#include <fmt/format.h>

#include <charconv>

namespace comity::search::dna {
namespace {

constexpr std::string_view file = "mutation.tsv";

Result<double> count_of(std::string_view cell, std::string const& place)
{
    double out = 0;
    auto const read = std::from_chars(cell.data(), cell.data() + cell.size(), out);
    if (read.ec == std::errc {} && read.ptr == cell.data() + cell.size() && out >= 0) return out;
    return Error { Error::Kind::malformed, fmt::format("'{}' is no count", cell.substr(0, 40)),
        place };
}

/// None seen is not never: one more of each kind (rule of succession, Laplace).
Result<double> rate_of(
    std::string_view mutations, std::string_view meioses, std::string const& place)
{
    auto const seen = TRY(count_of(mutations, place));
    auto const all = TRY(count_of(meioses, place));
    if (seen <= all) return (seen + 1) / (all + 2);
    return Error { Error::Kind::malformed, "more mutations than meioses", place };
}

} // namespace

Result<MutationRates> MutationRates::read(std::string_view tsv, LocusTable const& table)
{
    constexpr std::size_t cells = 5;
    MutationRates out;
    for (auto const& line : TRY(read_table(tsv, file, cells))) {
        auto const place = fmt::format("{}:{}", file, line.number);
        auto const locus = table.find(line.cells[0]);
        if (!locus)
            return Error { Error::Kind::malformed,
                fmt::format("no locus {}", line.cells[0].substr(0, 40)), place };
        auto& rate = out.rates_[*locus];
        if (rate) return Error { Error::Kind::malformed, "the locus stands there twice", place };
        auto const of_fathers = TRY(rate_of(line.cells[1], line.cells[2], place));
        auto const of_mothers = TRY(rate_of(line.cells[3], line.cells[4], place));
        rate = Rate { of_fathers, of_mothers };
    }
    return out;
}

} // namespace comity::search::dna
