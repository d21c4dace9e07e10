#pragma once

#include "search/dna/knowledge.h"

/// What Parties agreed on for comparing profiles, as dated data.
namespace comity::identification {

namespace dna = search::dna;

class Terms {
public:
    /// agreed.tsv, forms.tsv, answer.tsv and first-run.tsv of the folder. Errors: not_found;
    /// malformed, naming file and line.
    static Result<Terms> read(std::filesystem::path const& folder);
    static Result<Terms> read(std::string_view agreed_tsv, std::string_view forms_tsv,
        std::string_view answer_tsv, std::string_view first_run_tsv = {});

    /// Name of the rule set that holds between two Parties on a day; empty where none does.
    std::string rules_between(std::string_view one, std::string_view other, Date on) const;
    /// Within how long two Parties agreed to answer a comparison; nothing where they did not.
    std::optional<std::chrono::minutes> answer_within(
        std::string_view one, std::string_view other, Date on) const;
    /// Within how long two Parties agreed to answer a whole first connection; nothing where they
    /// did not.
    std::optional<std::chrono::minutes> run_within(
        std::string_view one, std::string_view other, Date on) const;
    /// Article 20(1)-3: whether that edition of the form is the valid one. Nothing where the
    /// edition is not known here.
    std::optional<bool> form_valid(std::string_view edition, Date on) const;
    /// The edition that is valid on a day; empty where none is known.
    std::string form_on(Date on) const;

private:
    struct Row {
        std::string key, value;
        Date from, until;
    };
    static Result<std::vector<Row>> rows(
        std::string_view text, std::string_view file, std::size_t cells);
    static std::string agreed(
        std::vector<Row> const& rows, std::string_view one, std::string_view other, Date on);
    std::vector<Row> agreed_, forms_, answer_, first_run_;
};

} // namespace comity::identification
