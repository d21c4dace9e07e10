#pragma once

#include "message/value.h"

/// Identification: DNA and other material (Article 20) in two steps, and hits of a search. The
/// first step names no person.
namespace comity::message {

enum class ProfileKind : std::uint8_t {
    person,
    stain,
    unidentified_body,
    missing_person,
    relative
};
BOOST_DESCRIBE_ENUM(ProfileKind, person, stain, unidentified_body, missing_person, relative)

/// Alleles as printed on the form: "12" "14.3".
struct Locus {
    std::string name;
    std::string allele_1;
    std::optional<std::string> allele_2 {};
};
BOOST_DESCRIBE_STRUCT(Locus, (), (name, allele_1, allele_2))

/// A relative's, recorded by the State that took it; to a search for one missing person only.
struct ProfileConsent {
    std::string consent_number;
    Date given_on;
    Date valid_until; ///< The profile is destroyed by then, wherever it is.
};
BOOST_DESCRIBE_STRUCT(ProfileConsent, (), (consent_number, given_on, valid_until))

/// A DNA profile under a number that only its State can resolve.
struct Profile {
    std::string profile_number;
    ProfileKind kind;
    std::vector<Locus> loci {};
    std::optional<std::string> kit {};
    std::optional<std::string> laboratory {};
    std::optional<bool> iso_17025 {}; ///< The laboratory works under that standard.
    std::optional<ProfileConsent> consent {};
};
BOOST_DESCRIBE_STRUCT(
    Profile, (), (profile_number, kind, loci, kit, laboratory, iso_17025, consent))

/// A member of a missing person's family, by a word that names nobody: "mother". Both parents stand
/// in the list before, or none; who is not typed has no profile.
struct FamilyMember {
    std::string member;
    std::optional<std::string> father {};
    std::optional<std::string> mother {};
    std::optional<std::string> profile_number {};
};
BOOST_DESCRIBE_STRUCT(FamilyMember, (), (member, father, mother, profile_number))

/// Whether a body, or somebody unknown, may be the missing one of this family.
struct Pedigree {
    std::vector<FamilyMember> members {};
    std::string missing_member;
};
BOOST_DESCRIBE_STRUCT(Pedigree, (), (members, missing_member))

/// A20(1), (2). The form of Interpol valid on the day; whether the profile may be kept after no
/// hit.
struct DnaRequest {
    std::string case_number;
    std::string purpose;
    std::string offence;
    std::string ground;
    std::string form_version;
    std::vector<Profile> profiles {};
    std::vector<Attachment> other_material {};
    bool storage_asked;
    bool costs_accepted;
    std::optional<Pedigree> family {}; ///< The profiles are those of its members.
};
BOOST_DESCRIBE_STRUCT(DnaRequest, (),
    (case_number, purpose, offence, ground, form_version, profiles, other_material, storage_asked,
        costs_accepted, family))

enum class LocusAgreement : std::uint8_t { not_compared, equal, by_wildcard, deviation, mismatch };
BOOST_DESCRIBE_ENUM(LocusAgreement, not_compared, equal, by_wildcard, deviation, mismatch)

/// What one locus says, without its alleles.
struct LocusResult {
    std::string name;
    LocusAgreement agreement;
};
BOOST_DESCRIBE_STRUCT(LocusResult, (), (name, agreement))

/// The likelihood ratio of a hit in one population: a decimal logarithm, "12.41".
struct DnaWeight {
    std::string population;
    std::string log_10_ratio;
};
BOOST_DESCRIBE_STRUCT(DnaWeight, (), (population, log_10_ratio))

/// What stands beside a hit so that nobody takes it for more than it is. Numbers that are not whole
/// are texts: "0.0021".
struct DnaEvidence {
    std::string theta;
    std::vector<DnaWeight> weights {}; ///< The lowest first.
    std::int64_t profiles_searched;
    std::string chance_hits_expected;
    std::string chance_of_any;
    bool at_legal_minimum; ///< No locus more than the rules ask for.
};
BOOST_DESCRIBE_STRUCT(DnaEvidence, (),
    (theta, weights, profiles_searched, chance_hits_expected, chance_of_any, at_legal_minimum))

/// Two profiles by number, and how far they agree.
struct DnaMatch {
    std::string match;
    std::string profile_number;
    std::string found_number;
    std::uint32_t loci_compared;
    std::uint32_t loci_agreeing;
    std::string quality;
    std::optional<std::vector<LocusResult>> locus_results {};
    std::optional<DnaEvidence> evidence {};
};
BOOST_DESCRIBE_STRUCT(DnaMatch, (),
    (match, profile_number, found_number, loci_compared, loci_agreeing, quality, locus_results,
        evidence))

enum class Inheritance : std::uint8_t { not_compared, without_mutation, only_with_mutation };
BOOST_DESCRIBE_ENUM(Inheritance, not_compared, without_mutation, only_with_mutation)

/// How one locus of a candidate fits a family, without its alleles.
struct KinLocus {
    std::string name;
    Inheritance inheritance;
};
BOOST_DESCRIBE_STRUCT(KinLocus, (), (name, inheritance))

/// A profile that may be the missing member of a family.
struct KinCandidate {
    std::string match;
    std::string found_number;
    ProfileKind found_kind;
    std::uint32_t loci_compared;
    std::vector<DnaWeight> weights {}; ///< Missing member against unrelated, the lowest first.
    std::vector<KinLocus> kin_loci {};
};
BOOST_DESCRIBE_STRUCT(
    KinCandidate, (), (match, found_number, found_kind, loci_compared, weights, kin_loci))

/// What stands beside candidates: a list like this one is never free of strangers.
struct KinEvidence {
    std::string theta;
    std::string least_log_10_ratio; ///< Of a candidate, in every population.
    std::int64_t profiles_searched;
    std::string chance_found; ///< That the missing one is on the list, if he is in the file.
    std::string false_candidates_expected;
};
BOOST_DESCRIBE_STRUCT(KinEvidence, (),
    (theta, least_log_10_ratio, profiles_searched, chance_found, false_candidates_expected))

/// A20(1)-2. Hit or no hit; or, A20(2), a hit that came later on a profile that was kept.
struct DnaResult {
    std::string case_number;
    Outcome result;
    std::vector<DnaMatch> matches {};
    std::vector<std::string> additional_loci_asked {};
    bool profile_stored;
    std::optional<std::string> rules {}; ///< "PRUEM-2008 1".
    std::optional<Date> stored_until {};
    std::optional<bool> later {};
    std::optional<std::uint32_t> matches_found {}; ///< Where the list has not all of them.
    std::optional<std::vector<KinCandidate>> candidates {}; ///< Of a family, the likeliest first.
    std::optional<KinEvidence> kin_evidence {};
};
BOOST_DESCRIBE_STRUCT(DnaResult, (),
    (case_number, result, matches, additional_loci_asked, profile_stored, rules, stored_until,
        later, matches_found, candidates, kin_evidence))

/// Two experts, each for himself. Only a confirmed hit may be followed by personal data.
struct DnaConfirmation {
    std::string match;
    bool confirmed;
    std::vector<Official> experts {};
    std::string method;
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(DnaConfirmation, (), (match, confirmed, experts, method, text))

/// A20(3): purpose, order and the conditions of the law of the requested Party.
struct DnaSamplingRequest {
    std::string case_number;
    std::string purpose_wanted;
    Identity person;
    Place whereabouts;
    std::string order;
    std::string statement;
    bool costs_accepted;
    /// The order itself. The law wants one; a node that knew no such member sent none.
    std::optional<std::vector<Attachment>> attachments {};
};
BOOST_DESCRIBE_STRUCT(DnaSamplingRequest, (),
    (case_number, purpose_wanted, person, whereabouts, order, statement, costs_accepted,
        attachments))

/// What another Party searches for was found: A4(5)(g), A26(2).
struct SearchHit {
    std::string search_reference;
    Instant found_at;
    Place found_place;
    std::optional<VehicleSeen> vehicle {};
    std::optional<Item> item {};
    std::optional<PersonRecord> person {};
    std::vector<std::string> measures_taken {};
    std::optional<std::string> contact_authority {};
};
BOOST_DESCRIBE_STRUCT(SearchHit, (),
    (search_reference, found_at, found_place, vehicle, item, person, measures_taken,
        contact_authority))

} // namespace comity::message
