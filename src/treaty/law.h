#pragma once

#include "base/result.h"
#include "treaty/table.h"
#include "treaty/words.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <span>

/// The Police Cooperation Convention for Southeast Europe (Vienna, 5 May 2006) as an immutable
/// value: the Parties and their dates, the annexed lists, the table of Art. 32, the reservations.
/// Nothing here reads a clock, a disk or a database; the texts of the files come in.
namespace comity::treaty {

struct Provision;
class View;
enum class Outcome : std::uint8_t;

/// A provision as deciding goes through it: what the loop reads stands side by side.
struct Governing {
    Outcome (*judge)(View&);
    Provision const* provision;
    Validity validity;
    std::uint32_t first_bit; ///< Combination::first_bit() of its effect.
    bool has_term;
};

/// The lists annexed to the Convention (Art. 37) and two registers beside them.
enum class List : std::uint8_t {
    law_enforcement_authorities, ///< Annexed list to Art. 4(2).
    national_central_units, ///< Annexed list to Art. 4(3).
    existing_structures, ///< Annexed list to Art. 4(4).
    national, ///< Competent under national law (Art. 2(a)), on no annexed list by itself.
    registry, ///< Keeps a register of vehicles (Art. 4(5)(a)).
};

constexpr bool is_annexed(List list)
{
    return list == List::law_enforcement_authorities || list == List::national_central_units
        || list == List::existing_structures;
}

/// One entry of one list. An authority on several lists has several entries of one id.
struct Authority {
    std::string id; ///< "RO-MAI".
    PartyCode party;
    List list {};
    std::string name;
    std::string part_of; ///< Id of the authority it belongs to, or empty.
    Validity validity;
    SourceId source = source_convention;
    std::string note;
};

/// The word that a Party stamps on information of a level (Art. 32): 1 RESTRICTED, 2 CONFIDENTIAL,
/// 3 SECRET, 4 TOP SECRET. Words mislead across borders; levels do not.
struct Marking {
    PartyCode party;
    int level = 0;
    std::string text; ///< Empty where the Party has none for the level.
    Validity validity;
    SourceId source = source_convention;
    std::string note;
};
constexpr int level_max = 4;

/// Art. 41. `towards` any: the reservation touches every other Party; eu_members: the provisions
/// apply towards members of the European Union only; not_read: the text could not be read.
enum class Towards : std::uint8_t { any, eu_members, not_read };

struct Reservation {
    std::string id; ///< "RES-BG(1)".
    PartyCode party;
    std::vector<std::string> provisions;
    Towards towards {};
    std::string meaning;
    Validity validity;
    SourceId source = source_convention; ///< Says "reservation RES-BG(1)".
    std::string reference;
    std::string note;
};

/// Art. 31(3): since when a Party's data-protection provisions are in force. `exact` false: they
/// were by then at the latest, and for earlier dates nothing is known.
struct Readiness {
    PartyCode party;
    bool exact = false;
    Validity validity;
    SourceId source = source_convention;
    std::string note;
};

/// Art. 4(1): whether a Party's law leaves a kind of request to judicial authorities.
struct JudicialReservation {
    PartyCode party;
    Kind kind {};
    bool reserved = false;
    Validity validity;
    SourceId source = source_convention;
    std::string note;
};

/// An agreement that applies the Convention between two Parties (Art. 34(1)).
struct Agreement {
    std::string id; ///< "BG-RS-2010".
    std::array<PartyCode, 2> parties;
    std::string title;
    Validity validity;
    SourceId source = source_convention; ///< Says "agreement BG-RS-2010".
    std::string reference;
    std::string note;
};

/// What kind of value a term has.
enum class TermValue : std::uint8_t { flag, number, offences, authorities };
TermValue value_of(AgreementTerm term);

/// One thing that an agreement says. `only_for`: whose officials it concerns; empty: both.
struct AgreementRow {
    std::size_t agreement = 0; ///< Its place among the agreements.
    std::array<PartyCode, 2> parties;
    std::optional<PartyCode> only_for;
    AgreementTerm term {};
    bool is_public = false; ///< Otherwise it is known to be agreed, and the value to nobody here.
    std::int64_t number = 0;
    std::vector<std::string> ids;
    Validity validity; ///< Within that of the agreement.
    SourceId source = source_convention;
    std::string reference;
    std::string note;

    bool binds(PartyCode acting, PartyCode territory) const
    {
        bool const between = (parties[0] == acting && parties[1] == territory)
            || (parties[1] == acting && parties[0] == territory);
        return between && (!only_for || *only_for == acting);
    }
};

/// Art. 42(3): a Party has suspended the Convention, or some articles of it, from the fifteenth day
/// after the depositary received its notice.
struct Suspension {
    PartyCode party;
    std::vector<int> articles; ///< Empty: all of it.
    Date received;
    Validity validity;
    SourceId source = source_convention;
    std::string note;

    bool touches(int article) const
    {
        return articles.empty() || std::ranges::find(articles, article) != articles.end();
    }
};

/// What the law of a Party says where the Convention leaves something to it.
struct NationalLaw {
    PartyCode party;
    NationalRule rule {};
    bool value = false;
    Validity validity;
    SourceId source = source_convention;
    std::string note;
};

/// Everything the files say, checked.
struct Tables {
    Date signed_on, in_force_on; ///< Of the Convention itself.
    std::vector<Party> parties; ///< By code.
    std::vector<Authority> authorities; ///< By Party.
    std::vector<Marking> markings;
    std::vector<Reservation> reservations;
    std::vector<Readiness> readiness;
    std::vector<JudicialReservation> judicial;
    std::vector<NationalLaw> national;
    std::vector<Suspension> suspensions;
    std::vector<Agreement> agreements;
    std::vector<AgreementRow> agreement_terms;
    std::vector<std::string> sources;
    std::string version;
    /// For each measure its provisions, in the order of the text.
    std::vector<std::vector<Provision const*>> provisions;
    std::vector<std::vector<Governing>> governing; ///< The same.
};

/// Hash of a text as lower-case hexadecimal; SHA-256 in the program.
using HashFunction = std::function<std::string(std::string_view)>;

class Law {
public:
    explicit Law(Tables tables);

    /// Hash over every provision with its words and every byte of the data. Two nodes of one
    /// version judge alike.
    std::string const& version() const { return tables_->version; }
    Tables const& tables() const { return *tables_; }
    std::string const& source(SourceId id) const
    {
        return tables_->sources[static_cast<SourceId>(id & ~source_test_bit)];
    }

    std::span<Party const> parties() const { return tables_->parties; }
    Party const* party(PartyCode code) const;
    /// No Contracting Party on the date (Art. 2(d)).
    Truth is_third_state(PartyCode code, Date date) const;

    std::span<Authority const> authorities(PartyCode party) const;
    std::vector<Authority const*> authorities(PartyCode party, List list, Date date) const;
    /// Any entry of the id on the date; null where there is none.
    Authority const* authority(PartyCode party, std::string_view id, Date date) const;
    /// On an annexed list, itself or as part of an authority that is (Art. 4(2)).
    bool is_listed_authority(PartyCode party, std::string_view id, Date date) const;
    /// Art. 4(3): the unit, or the existing structures of a Party that has none yet. Empty where
    /// neither is known.
    std::vector<Authority const*> national_central_unit(PartyCode party, Date date) const;

    /// Null where no row is known; a row with an empty text says that there is no marking.
    Marking const* marking(PartyCode party, int level, Date date) const;
    /// Every row whose marking has this text, whole or as one of the alternatives around '/'.
    std::vector<Marking const*> markings(PartyCode party, std::string_view text, Date date) const;

    Truth protection_ready(PartyCode party, Date date) const;
    /// The row that speaks about the date, also one that says nothing certain about it.
    Readiness const* readiness(PartyCode party) const;
    JudicialReservation const* judicial_reservation(PartyCode party, Kind kind, Date date) const;
    Reservation const* reservation(std::string_view id) const;

private:
    std::shared_ptr<Tables const> tables_;
};

/// Reads the data of the law. `files` are all those named in law_file_names(), in any order; one
/// more or fewer is refused. Errors name file, row and column.
Result<Law> read_law(Files const& files, HashFunction const& hash);
std::span<std::string_view const> law_file_names();

} // namespace comity::treaty
