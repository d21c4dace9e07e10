#pragma once

#include "treaty/law.h"

#include <algorithm>

namespace comity::treaty {

using Row = Table::Row;

std::vector<std::string> split_words(std::string_view text);

/// The state of reading all files: one function a file.
class Reading {
public:
    explicit Reading(Files const& files)
        : files_(files)
    {
        out_.sources.emplace_back("PCC SEE");
    }

    Result<Tables> read();

private:
    Result<void> read_convention();
    Result<void> read_parties();
    Result<void> read_party_names();
    Result<void> read_authorities();
    Result<void> refuse_loose_parts(Table const& table) const;
    Result<void> read_classification();
    Result<void> read_reservations();
    Result<void> read_readiness();
    Result<void> read_judicial();
    Result<void> read_national_law();
    Result<void> read_suspensions();
    Result<void> read_agreements();
    Result<void> read_agreement_terms();
    Result<AgreementRow> read_agreement_term(Row const& row);

    Result<Table> table(std::string_view name, std::vector<std::string_view> columns) const
    {
        auto const found = std::ranges::find(files_, name, &File::name);
        MUST(found != files_.end());
        return Table::read(*found, std::move(columns));
    }
    Result<PartyCode> party(Row const& row) const
    {
        return known_party(row, "party", TRY(row.party("party")));
    }
    Result<PartyCode> known_party(Row const& row, std::string_view column, PartyCode code) const
    {
        if (std::ranges::find(out_.parties, code, &Party::code) == out_.parties.end())
            return row.wrong(column, code.text() + " is not in parties.tsv");
        return code;
    }
    Result<SourceId> source(Row const& row) { return intern(row, TRY(row.text("source"))); }
    Result<SourceId> intern(Row const& row, std::string const& text);

    Files const& files_;
    Tables out_;
};

} // namespace comity::treaty
