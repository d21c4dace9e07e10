#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// DNA profiles of the non-coding part (Article 20): loci, profiles, comparison, statistics.
namespace comity::search::dna {

constexpr std::size_t loci_max = 64;
using LocusNumber = std::uint8_t; ///< Row in the table of loci.
using LocusMask = std::uint64_t; ///< One bit for each locus of the table.

constexpr LocusMask bit_of(LocusNumber locus)
{
    return LocusMask { 1 } << locus;
}

struct Locus {
    enum class Group : std::uint8_t {
        ess, ///< One of the first seven of the European Standard Set (ISSOL).
        ess_2009, ///< One of the five that Council Resolution 2009/C 296/01 added.
        other,
        sex, ///< Amelogenin: reported, never counted.
    };
    std::string name;
    Group group;
    unsigned repeat_bases;
    std::string pruem; ///< Element in the Pruem message; empty where it has none.
    std::vector<std::string> aliases;
};

struct Kit {
    std::string name;
    std::vector<std::string> aliases;
    LocusMask loci; ///< Without amelogenin.
};

/// What is known of loci and kits: data/dna/loci.tsv and kits.tsv.
class LocusTable {
public:
    /// Errors: malformed, naming file and line: a locus or alias twice, more than `loci_max`.
    static Result<LocusTable> read(std::string_view loci_tsv, std::string_view kits_tsv);

    std::vector<Locus> const& loci() const { return loci_; }
    std::vector<Kit> const& kits() const { return kits_; }
    /// By name or alias; letter case, spaces, '_' and '-' do not matter.
    std::optional<LocusNumber> find(std::string_view name) const;
    Kit const* find_kit(std::string_view name) const;
    LocusMask mask(Locus::Group group) const;
    /// Both halves of the European Standard Set.
    LocusMask ess() const { return mask(Locus::Group::ess) | mask(Locus::Group::ess_2009); }
    std::string names(LocusMask loci) const; ///< "VWA, TH01".

private:
    Result<void> add_locus(std::vector<std::string_view> const& cells, std::string const& place);
    Result<void> add_kit(std::vector<std::string_view> const& cells, std::string const& place);

    std::vector<Locus> loci_;
    std::vector<Kit> kits_;
};

/// The data lines of a table with tabs: comments and the heading are left out. Errors: malformed,
/// naming `file` and the line, where a line has not as many cells as the heading.
struct TableLine {
    std::size_t number;
    std::vector<std::string_view> cells;
};
Result<std::vector<TableLine>> read_table(
    std::string_view text, std::string_view file, std::size_t cells);

std::vector<std::string_view> split(std::string_view text, char mark);
/// Lower case, without spaces, '_' and '-'.
std::string folded(std::string_view name);

} // namespace comity::search::dna
