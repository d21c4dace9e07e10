#pragma once

#include "treaty/coverage.h"
#include "treaty/parameter.h"
#include "treaty/text_case.h"

/// The law told article by article, in words: what the explorer shows and a book prints. Nothing
/// here judges; it tells what the tables of provisions, facts and data say.
namespace comity::treaty {

struct FactText {
    std::string name;
    FactType type {};
    std::string meaning;
    std::optional<std::int64_t> least, most; ///< Of an integer.
    std::optional<std::vector<std::string>> words; ///< Of a word fact, in the order of values.
    bool namesAuthority = false; ///< A text that is the id of an authority.
};
BOOST_DESCRIBE_STRUCT(FactText, (), (name, type, meaning, least, most, words, namesAuthority))

struct TermText {
    std::string amount; ///< "6 hours, those from 00:00 to 09:00 not counted".
    std::string anchor; ///< What starts it: "the arrest".
    std::optional<std::string> fact; ///< The fact that holds the date or instant of the anchor.
};
BOOST_DESCRIBE_STRUCT(TermText, (), (amount, anchor, fact))

struct ProvisionText {
    std::string id, title, law;
    Effect effect {};
    std::vector<Measure> measures;
    std::string holds, fails, notApplicable; ///< What it says for each result.
    std::optional<std::string> duty, delegated;
    std::optional<TermText> term;
    std::vector<std::string> facts; ///< Names of the facts that it reads.
    When when {};
    Date from;
    std::optional<Date> until;
    std::string file; ///< In src/treaty.
    std::size_t cases = 0; ///< Text cases that expect something of it.
};
BOOST_DESCRIBE_STRUCT(ProvisionText, (),
    (id, title, law, effect, measures, holds, fails, notApplicable, duty, delegated, term, facts,
        when, from, until, file, cases))

struct ParameterText {
    ParameterGroup group {};
    std::vector<std::string> parties;
    std::optional<std::string> onlyFor;
    std::string about, value;
    When when {};
    Date from;
    std::optional<Date> certainFrom; ///< Where the start is only known to lie between the two.
    std::optional<Date> until;
    std::string source, note;
    bool test = false; ///< Stands in for a real one in demonstrations.
};
BOOST_DESCRIBE_STRUCT(ParameterText, (),
    (group, parties, onlyFor, about, value, when, from, certainFrom, until, source, note, test))

BOOST_DESCRIBE_ENUM(Expectation::What, result, missing, source, reason, due, verdict)

struct ExpectationText {
    Expectation::What what {};
    std::optional<std::string> provision; ///< Absent for a verdict.
    std::string words;
};
BOOST_DESCRIBE_STRUCT(ExpectationText, (), (what, provision, words))

struct CaseText {
    std::string file, title;
    std::size_t line = 0;
    json::Value situation; ///< As read_situation() takes it.
    std::vector<ExpectationText> expectations;
    Verdict verdict {};
    bool asExpected = false;
};
BOOST_DESCRIBE_STRUCT(
    CaseText, (), (file, title, line, situation, expectations, verdict, asExpected))

/// A duty of the Convention that no provision judges.
struct ElsewhereText {
    std::string id, title;
    std::string how; ///< deadline, register, delegated, later, or nothing.
    std::string where;
};
BOOST_DESCRIBE_STRUCT(ElsewhereText, (), (id, title, how, where))

struct ArticleLine {
    int number = 0, chapter = 0;
    std::string title;
    std::vector<std::string> provisions; ///< Their ids.
    std::vector<std::string> titles; ///< Theirs, in the same order.
};
BOOST_DESCRIBE_STRUCT(ArticleLine, (), (number, chapter, title, provisions, titles))

struct ArticleText {
    int number = 0, chapter = 0;
    std::string title;
    Date on;
    std::vector<ProvisionText> provisions;
    std::vector<FactText> facts; ///< All that the provisions read.
    std::vector<ElsewhereText> elsewhere; ///< Duties that are carried otherwise.
    std::vector<ParameterText> parameters;
    std::vector<Date> stops; ///< Dates on which a parameter starts or ends.
};
BOOST_DESCRIBE_STRUCT(
    ArticleText, (), (number, chapter, title, on, provisions, facts, elsewhere, parameters, stops))

struct FactReading {
    std::string fact;
    std::vector<std::string> provisions; ///< Ids of those that read it.
};
BOOST_DESCRIBE_STRUCT(FactReading, (), (fact, provisions))

struct MeasureText {
    Measure measure {};
    std::vector<FactReading> facts;
    std::size_t provisions = 0; ///< How many govern it.
};
BOOST_DESCRIBE_STRUCT(MeasureText, (), (measure, facts, provisions))

struct MeasuresText {
    std::vector<FactText> facts; ///< Each once.
    std::vector<MeasureText> measures;
};
BOOST_DESCRIBE_STRUCT(MeasuresText, (), (facts, measures))

struct PartyStatus {
    std::string code, name;
    When when {};
    std::optional<Date> inForceFrom;
    std::vector<std::string> authorities; ///< Ids in effect on the date.
};
BOOST_DESCRIBE_STRUCT(PartyStatus, (), (code, name, when, inForceFrom, authorities))

struct StatusText {
    Date on, signedOn, inForceFrom;
    When when {};
    std::vector<PartyStatus> parties;
    std::vector<ParameterText> parameters; ///< Entries into force, agreements, reservations.
    std::vector<Date> stops; ///< Of everything in the data.
};
BOOST_DESCRIBE_STRUCT(StatusText, (), (on, signedOn, inForceFrom, when, parties, parameters, stops))

class Commentary {
public:
    /// `cases` are files of text cases, judged once here. Errors as read_cases().
    static Result<Commentary> make(
        Law const& law, Files const& cases, std::vector<Requirement> const& requirements);

    std::vector<ArticleLine> articles() const;
    /// Error: not_found, naming the numbers there are.
    Result<ArticleText> article(int number, Date on) const;
    /// The cases that expect something of its provisions; no date changes them. Error: not_found.
    Result<std::vector<CaseText>> cases(int article) const;
    MeasuresText measures() const;
    StatusText status(Date on) const;

private:
    struct JudgedCase {
        CaseText text;
        std::vector<int> articles; ///< Those of its expectations.
    };

    Commentary(Law law, std::vector<Requirement> const& requirements);
    Result<void> read(File const& cases);
    ProvisionText provision_text(Provision const& provision, Date on) const;
    std::size_t cases_of(Provision const& provision) const;

    Law law_;
    std::vector<Parameter> parameters_;
    std::vector<std::vector<FactUse>> uses_; ///< By measure.
    std::vector<JudgedCase> cases_;
    std::vector<CoverageRow> elsewhere_;
};

} // namespace comity::treaty
