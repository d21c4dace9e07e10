#pragma once

#include "search/dna/compare.h"

/// Profiles to and from the files of other programs.
namespace comity::search::dna {

/// All of a file or nothing of it.
struct Imported {
    std::vector<Profile> profiles;
    std::vector<std::string> not_carried; ///< What the file says and a profile cannot, each once.
};

constexpr std::size_t import_bytes_max = 256U << 20U, import_profiles_max = 1'000'000;

/// A table with commas and a heading. Columns: reference (or sample), category, kit, laboratory,
/// iso17025, consent (yes or no), and for each locus NAME_1 and NAME_2, with NAME_3 and NAME_4
/// where there are more. A locus whose cells are empty is not typed. Errors: malformed, naming line
/// and column; too_large.
Result<Imported> read_csv(std::string_view text, LocusTable const& table);
std::string write_csv(std::span<Profile const> profiles, LocusTable const& table);

/// CODIS CMF 3.2, as published by the FBI. A homozygote has one value there.
Result<Imported> read_cmf(std::string_view xml, LocusTable const& table);
struct CmfHeader {
    std::string destination, source_laboratory, user,
        submitted; ///< `submitted`: 2026-04-17T09:14:00.
};
struct Exported {
    std::string text;
    std::vector<std::string> not_carried;
};
Exported write_cmf(
    std::span<Profile const> profiles, CmfHeader const& header, LocusTable const& table);

/// One record of the interface control document of 2008/616/JHA, Annex, Chapter 1, 4.
struct PruemRecord {
    enum class Result : char { undefined = 'U', hit = 'H', no_hit = 'N', error = 'E' };
    Profile profile;
    int request_type = 3; ///< 3 a single search, 4 a comparison of many (Articles 3 and 4).
    std::string date {};
    Result result = Result::undefined;
    std::string agency {}, message {};
    std::string match_id {}; ///< The requesting profile, on a hit.
    unsigned quality = 0, hit_count = 0, result_count = 0;
};
struct PruemMessage {
    bool answer = false;
    std::string reference, from, to; ///< ISO codes of Parties.
    std::string request_id, date, time;
    std::vector<PruemRecord> records;
};
constexpr std::size_t pruem_records_max = 500;

/// Wildcards as '*'; a rare value becomes one, of three alleles the first is kept: 1.1 of the
/// Annex. What has no element there is reported.
Exported write_pruem(PruemMessage const& message, LocusTable const& table);
/// Errors: malformed, naming the line.
Result<PruemMessage> read_pruem(std::string_view xml, LocusTable const& table);

} // namespace comity::search::dna
