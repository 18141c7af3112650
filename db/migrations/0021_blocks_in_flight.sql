-- outreach: what is in flight is a stretch of a bucket, written once per block, instead of a row per message.

-- From the checkpoint to this buyer, messages may have left whose outcome is not known: being sent now, or in flight when a worker died. Whoever
-- takes the bucket over begins behind the checkpoint again, with the same Message-IDs.
alter table outreach.wave_buckets add column in_flight_to text;
