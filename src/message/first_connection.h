#pragma once

#include "message/identification.h"

/// The first connection of two Parties under Article 20(1): all open profiles of one kind of the
/// one against the whole file of the other, in portions; and the answer to Article 20(3).
namespace comity::message {

/// How many of the profiles are typed at exactly these loci.
struct LociTyped {
    std::vector<std::string> names {};
    std::int64_t profiles;
};
BOOST_DESCRIBE_STRUCT(LociTyped, (), (names, profiles))

/// A20(1)-1, A20(1)-3. No profile yet: what the other Party has to know before it agrees.
struct DnaRunProposal {
    std::string case_number;
    std::string purpose;
    std::string offence;
    std::string ground;
    std::string form_version;
    ProfileKind kind;
    std::int64_t profiles_to_compare;
    std::uint32_t portions;
    std::vector<LociTyped> loci_typed {}; ///< The most frequent first.
    std::string rules; ///< "PRUEM-2008 1".
    bool costs_accepted;
};
BOOST_DESCRIBE_STRUCT(DnaRunProposal, (),
    (case_number, purpose, offence, ground, form_version, kind, profiles_to_compare, portions,
        loci_typed, rules, costs_accepted))

/// What chance alone gives in the whole run, reckoned by the Party that knows both sides of it.
struct DnaRunChance {
    std::int64_t profiles_searched; ///< Of its file.
    std::string full_expected; ///< Hits in which nothing differs.
    std::string near_expected; ///< Hits in which one allele differs.
    std::string chance_of_any;
};
BOOST_DESCRIBE_STRUCT(
    DnaRunChance, (), (profiles_searched, full_expected, near_expected, chance_of_any))

struct DnaRunAnswer {
    std::string case_number;
    bool agrees;
    std::optional<std::string> reason {};
    std::optional<DnaRunChance> run_chance {};
};
BOOST_DESCRIBE_STRUCT(DnaRunAnswer, (), (case_number, agrees, reason, run_chance))

struct DnaRunPortion {
    std::string case_number;
    std::uint32_t portion; ///< From 1.
    std::vector<Profile> profiles {};
};
BOOST_DESCRIBE_STRUCT(DnaRunPortion, (), (case_number, portion, profiles))

/// A20(1)-2. Many hits of one portion come in several messages, the surest first.
struct DnaRunResult {
    std::string case_number;
    std::uint32_t portion;
    std::uint32_t sheet; ///< From 1.
    std::uint32_t sheets;
    std::vector<DnaMatch> matches {};
    std::uint32_t matches_found; ///< Of the portion; more than are listed where they are too many.
};
BOOST_DESCRIBE_STRUCT(
    DnaRunResult, (), (case_number, portion, sheet, sheets, matches, matches_found))

enum class RunOrder : std::uint8_t { stop, resume };
BOOST_DESCRIBE_ENUM(RunOrder, stop, resume)

struct DnaRunStop {
    std::string case_number;
    RunOrder run_order;
    std::optional<std::string> reason {};
};
BOOST_DESCRIBE_STRUCT(DnaRunStop, (), (case_number, run_order, reason))

enum class SamplingStep : std::uint8_t {
    permitted, ///< The conditions of the law of the requested Party are met, A20(3)(c).
    refused,
    typed ///< The sample was taken and typed: here is the profile.
};
BOOST_DESCRIBE_ENUM(SamplingStep, permitted, refused, typed)

struct DnaSamplingAnswer {
    std::string case_number;
    SamplingStep sampling_step;
    std::optional<std::string> reason {};
    std::optional<std::string> conditions_met {}; ///< Of its own law, and who said so.
    std::optional<Profile> profile {};
    std::optional<Date> sampled_on {};
    std::optional<Money> costs {}; ///< To be paid back, A20(3)(d).
};
BOOST_DESCRIBE_STRUCT(DnaSamplingAnswer, (),
    (case_number, sampling_step, reason, conditions_met, profile, sampled_on, costs))

} // namespace comity::message
